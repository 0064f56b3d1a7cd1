package io.trendflow.serving.web;

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

  /** Returns the body of the response. */
  public ProblemBody problem() {
    return problem;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
