package io.trendflow.training;

/** Whether a model uses the features of search and social trends. */
public enum TrendUse {
  /** A trial on the backtest's origins decides. */
  AUTO,
  /** The model uses them. */
  KEEP,
  /** The model does not use them. */
  DROP
}
