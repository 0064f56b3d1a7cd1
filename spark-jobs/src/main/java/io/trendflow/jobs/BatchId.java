package io.trendflow.jobs;

import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.util.List;

/**
 * The batch that a job is to write.
 *
 * @param id hash of the inputs and of the attempt at them, so that a rerun finds what is there
 * @param done whether it is committed and counts, so that there is nothing to do
 */
record BatchId(String id, boolean done) {

  /**
   * Returns the latest attempt at these inputs if it counts, unless forced; otherwise the next
   * attempt. An ingest counts until another ingest supersedes it, and a run until it is retracted.
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
