package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * Session of the dashboard that an API key opened.
 *
 * @param id random id, which no other session has
 */
public record DashboardSession(String id, ApiKey key) {
  static final String ATTRIBUTE = "trendflow.session";

  /** Returns the session of a request; empty if it has no valid session cookie. */
  public static Optional<DashboardSession> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, DashboardSession.class);
  }
}
