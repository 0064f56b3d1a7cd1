package io.trendflow.serving.store;

import io.trendflow.schemas.Table;
import java.util.List;

/** Store that tests write to. */
interface SampleStore {

  /** Writes rows as a batch, whatever batch ids the rows have. */
  void write(Table table, String batch, List<? extends Record> rows);

  /**
   * Writes a batch of rejects whose records are numbered from 1, the last one first. The store
   * creates the rows itself, because there may be many.
   */
  void rejects(String batch, int count);

  /** Publishes a run like the jobs: first the scores, then the commit. */
  default void publish(Run run, List<ScoreRecord> scores) {
    scores(run.runId(), scores);
    commit(run);
  }

  default void commit(Run run) {
    write(Table.RUNS, run.runId(), List.of(run));
  }

  default void scores(String runId, List<ScoreRecord> scores) {
    write(Table.SCORES, runId, scores);
  }
}
