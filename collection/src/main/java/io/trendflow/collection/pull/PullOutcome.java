package io.trendflow.collection.pull;

/** Outcome of the pull of a source. */
public enum PullOutcome {
  /** Files were landed and sealed. */
  LANDED,
  /** Nothing was due, so that nothing was landed. */
  NOT_DUE,
  /** A dry run, which landed nothing. */
  PLANNED,
  /** The pull failed, and what it landed is not read. */
  FAILED
}
