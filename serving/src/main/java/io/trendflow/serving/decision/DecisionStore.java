package io.trendflow.serving.decision;

import io.trendflow.serving.store.UnreadableException;

/** Storage that decisions are added to. */
interface DecisionStore {
  /**
   * Adds a decision, which is stored durably when the method returns. A decision whose id exists is
   * left as it is.
   *
   * @throws UnreadableException if the decision can't be stored
   */
  void add(Decision decision) throws UnreadableException;
}
