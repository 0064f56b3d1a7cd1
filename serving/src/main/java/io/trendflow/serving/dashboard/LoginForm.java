package io.trendflow.serving.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * Content of the form that asks for an API key.
 *
 * @param token token that the form must send back
 * @param to URL to show after the login
 * @param refusal key of the text that explains why the last attempt failed; null at the first
 */
record LoginForm(String token, String to, @Nullable String refusal) {}
