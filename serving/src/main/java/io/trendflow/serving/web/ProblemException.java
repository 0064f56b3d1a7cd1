package io.trendflow.serving.web;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown to answer a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemBody problem;
  private final @Nullable Duration retryAfter;

  public ProblemException(ProblemBody problem) {
    this(problem, null);
  }

  /**
   * Creates the exception.
   *
   * @param retryAfter when the client should try again; null if that would not help
   */
  public ProblemException(ProblemBody problem, @Nullable Duration retryAfter) {
    super(problem.detail());
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the problem of data that can't be read, with status 503.
   *
   * @param what data that the request needs, such as history
   * @param cause exception whose message says why
   */
  public static ProblemException unreadable(String what, Exception cause) {
    return new ProblemException(
        ProblemBody.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The " + what + " can't be read: " + cause.getMessage() + "."));
  }

  /** Returns the problem of a request that the present state does not allow, status 409. */
  public static ProblemException conflict(String detail) {
    return new ProblemException(ProblemBody.of(HttpStatus.CONFLICT, detail));
  }

  /** Returns the body of the response. */
  public ProblemBody problem() {
    return problem;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
