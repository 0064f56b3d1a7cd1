package io.trendflow.jobs;

import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.util.List;

/**
 * The batch that a job is to write.
 *
 * @param id hash of what goes in, so that a rerun finds what is there
 * @param done whether it is committed and visible, so that there is nothing to do
 */
record BatchId(String id, boolean done) {

  /**
   * The first attempt at these inputs that is not committed. One that is committed and visible is
   * the answer itself, unless forced; one that was superseded does not count.
   */
  static BatchId of(TableStore store, Table commitTable, boolean force, Object... inputs) {
    List<String> visible = store.batches(commitTable);
    for (int attempt = 0; ; attempt++) {
      String id = ContentIds.hash(List.of(inputs), attempt);
      if (!store.isCommitted(commitTable, id)) {
        return new BatchId(id, false);
      }
      if (!force && visible.contains(id)) {
        return new BatchId(id, true);
      }
    }
  }
}
