package io.trendflow.serving.dashboard;

/**
 * Hidden values of the forms that add a decision.
 *
 * @param token token that the form must send back
 * @param key value that makes a repeated form one decision
 */
record DecisionForm(String token, String key) {}
