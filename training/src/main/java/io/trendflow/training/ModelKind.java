package io.trendflow.training;

/** What fits the trees. */
public enum ModelKind {
  /** Gradient-boosted trees by Spark MLlib, squared error. */
  GBT
}
