package io.trendflow.jobs;

import io.trendflow.schemas.Table;
import java.util.List;

/**
 * The batch that a job is to write.
 *
 * @param id hash of what goes in, so that a rerun finds what is there
 * @param done whether it is committed and visible, so that there is nothing to do
 */
record Attempt(String id, boolean done) {

  /**
   * The first attempt at these inputs that is not committed. One that is committed and visible is
   * the answer itself, unless forced; one that was superseded does not count.
   */
  static Attempt of(TableStore store, Table commitTable, boolean force, Object... inputs) {
    List<String> visible = store.batches(commitTable);
    for (int attempt = 0; ; attempt++) {
      String id = Ids.hash(List.of(inputs), attempt);
      if (!store.isCommitted(commitTable, id)) {
        return new Attempt(id, false);
      }
      if (!force && visible.contains(id)) {
        return new Attempt(id, true);
      }
    }
  }
}
