package io.trendflow.testing.shop;

/** Fault of a web interface. */
public enum ScriptedFault {
  /** No fault. */
  NONE,
  /** Status 429 with Retry-After. */
  BUSY,
  /** Status 429 without Retry-After. */
  BUSY_SILENT,
  /** Status 200 with the error THROTTLED. */
  THROTTLED,
  /** Status 500. */
  BROKEN,
  /** A body that ends too early. */
  CUT,
  /** Status 401. */
  REJECTED
}
