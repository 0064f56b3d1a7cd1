package io.trendflow.serving.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The form that asks for a key.
 *
 * @param token what the form must send back
 * @param to where to go on
 * @param refusal the key of the text why the last try failed; null at the first
 */
record LoginForm(String token, String to, @Nullable String refusal) {}
