package io.trendflow.serving;

import org.jspecify.annotations.Nullable;

/**
 * The form that asks for a key.
 *
 * @param token what the form must send back
 * @param refusal why the last try failed
 */
record Login(String token, @Nullable String refusal) {}
