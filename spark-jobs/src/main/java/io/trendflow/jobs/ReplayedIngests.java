package io.trendflow.jobs;

import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The commit rows of the ingests whose rejected records are to be read again. */
record ReplayedIngests(List<Row> rows) {

  /**
   * Returns the visible ingests with rejected records.
   *
   * @param only the only ingest to return; null for all
   * @throws IllegalArgumentException if there is no such ingest, or another has replaced it
   */
  static ReplayedIngests of(TableStore store, @Nullable String only) {
    List<String> visible = store.batches(Table.INGESTS);
    if (only != null && !visible.contains(only)) {
      throw new IllegalArgumentException(
          store.isCommitted(Table.INGESTS, only)
              ? "Ingest %s was replaced by a later one: omit --ingest to replay every visible ingest."
                  .formatted(only)
              : "\"%s\" is not an ingest: the visible ingests are %s.".formatted(only, visible));
    }
    return new ReplayedIngests(
        store.read(Table.INGESTS, only == null ? visible : List.of(only)).collectAsList().stream()
            .filter(row -> row.<Long>getAs("rejected") > 0)
            .toList());
  }

  List<String> ids() {
    return rows.stream().map(row -> row.<String>getAs("ingest_id")).sorted().toList();
  }

  /** Returns the number of rejected records by reason. */
  Map<String, Long> reasons() {
    Map<String, Long> reasons = new TreeMap<>();
    for (Row row : rows) {
      row.<Row>getList(row.fieldIndex("rejections"))
          .forEach(
              rejected ->
                  reasons.merge(
                      rejected.getAs("reason"), rejected.<Long>getAs("records"), Long::sum));
    }
    return reasons;
  }

  long rejected() {
    return rows.stream().mapToLong(row -> row.<Long>getAs("rejected")).sum();
  }

  long accepted() {
    return rows.stream().mapToLong(row -> row.<Long>getAs("accepted")).sum();
  }

  /** Returns whether all ingests have the same configuration. */
  boolean haveAllRead(String configHash) {
    return rows.stream().allMatch(row -> configHash.equals(row.getAs("config_hash")));
  }
}
