package io.trendflow.serving.store;

import io.trendflow.schemas.Table;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Partition of each batch, which is the day of its commit row. A query that names only the batch
 * would make BigQuery scan every partition of the table.
 */
final class BatchDays {
  private final BigQueryReader tables;
  private final StorageRows storage;
  private final Map<String, LocalDate> days = new ConcurrentHashMap<>();

  BatchDays(BigQueryReader tables, StorageRows storage) {
    this.tables = tables;
    this.storage = storage;
  }

  /** Returns a condition that selects the rows of the batches and only their partitions. */
  String restriction(Table table, List<String> batches) throws IOException {
    if (!days.keySet().containsAll(batches)) {
      readCommits(table.committedBy().orElse(table));
    }
    Set<String> partitions =
        batches.stream()
            .filter(days::containsKey)
            .map(batch -> Objects.requireNonNull(days.get(batch)).toString())
            .collect(Collectors.toCollection(TreeSet::new));
    return partitions.isEmpty()
        ? "FALSE"
        : "%s IN (%s) AND %s IN (%s)"
            .formatted(
                table.contract().partitionBy(),
                literals(partitions),
                table.batchColumn(),
                literals(batches));
  }

  private void readCommits(Table commits) throws IOException {
    String batch = commits.batchColumn();
    String day = commits.contract().partitionBy();
    storage.read(
        tables.id(commits),
        List.of(batch, day),
        "",
        row ->
            days.put(
                (String) Objects.requireNonNull(row.get(batch)),
                (LocalDate) Objects.requireNonNull(row.get(day))));
  }

  private static String literals(Collection<String> texts) {
    return texts.stream()
        .map(text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(", "));
  }
}
