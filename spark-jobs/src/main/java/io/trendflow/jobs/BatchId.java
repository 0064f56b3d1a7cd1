package io.trendflow.jobs;

import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.util.List;

/**
 * Id of the batch that a job is about to write.
 *
 * @param id hash of the batch's inputs, so that a rerun finds the earlier batch
 * @param done whether the batch is committed and visible, so that there is nothing to do
 */
record BatchId(String id, boolean done) {

  /**
   * Returns the id of the first attempt at these inputs that is not committed. Unless forced,
   * returns the id of a committed and visible attempt if there is one. A superseded attempt does
   * not count.
   */
  static BatchId of(TableStore store, Table commitTable, boolean force, Object... inputs) {
    String latest = null;
    for (int attempt = 0; ; attempt++) {
      String id = ContentIds.hash(List.of(inputs), attempt);
      if (!store.isCommitted(commitTable, id)) {
        return latest == null || force || !counts(store, commitTable, latest)
            ? new BatchId(id, false)
            : new BatchId(latest, true);
      }
      latest = id;
    }
  }

  private static boolean counts(TableStore store, Table commitTable, String id) {
    return store.batches(commitTable).contains(id)
        && !(commitTable == Table.RUNS && RunsCommand.retracted(store).contains(id));
  }
}
