package io.trendflow.serving.web;

/** Thrown to answer a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemBody problem;

  public ProblemException(ProblemBody problem) {
    super(problem.detail());
    this.problem = problem;
  }

  ProblemBody problem() {
    return problem;
  }
}
