package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.Job;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableId;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.IngestRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Tables in BigQuery. Each attempt writes its rows through the Storage Write API into a staging
 * table of its own, which expires. A commit inserts all tables of a batch and its commit row into
 * the real tables in one transaction. Its job is named after the batch and therefore runs at most
 * once (docs/adr/0017-a-batch-is-one-transaction.md). Uncommitted rows are in no real table.
 */
public final class BigQueryTableStore implements TableStore {
  private final SparkSession spark;
  private final StoreConfig config;
  private final BigQueryTables tables;

  // The staging tables of batches that this store has appended and not yet committed.
  private final Map<Appended, TableId> staging = new ConcurrentHashMap<>();

  private record Appended(Table table, String batchId) {}

  private BigQueryTableStore(SparkSession spark, StoreConfig config, BigQueryTables tables) {
    this.spark = spark;
    this.config = config;
    this.tables = tables;
  }

  /** Opens the datasets, with the session's settings of the connector. */
  public static BigQueryTableStore open(SparkSession spark, StoreConfig config) {
    return new BigQueryTableStore(spark, config, BigQueryTables.open(config, settings(spark)));
  }

  /** Returns the session's settings of the connector by name; null for one that is unset. */
  static UnaryOperator<@Nullable String> settings(SparkSession spark) {
    return name -> {
      String value = spark.conf().get("spark.datasource.bigquery." + name, "");
      return value.isEmpty() ? null : value;
    };
  }

  @Override
  public long append(Table table, String batchId, Dataset<Row> rows) {
    Table commitTable = TableStore.commitTable(table);
    refuseCommitted(commitTable, batchId);
    tables.requireAsContracted(table);
    Dataset<Row> kept = kept(table, rows);
    try {
      long count = ContractViolations.refuse(kept, table, batchId);
      TableId earlier = staging.put(new Appended(table, batchId), staged(table, kept, count));
      if (earlier != null) {
        tables.drop(List.of(earlier));
      }
      return count;
    } finally {
      kept.unpersist();
    }
  }

  @Override
  public void commit(Table commitTable, String batchId, Dataset<Row> row) {
    TableStore.requireCommitTable(commitTable);
    refuseCommitted(commitTable, batchId);
    tables.requireAsContracted(commitTable);
    Dataset<Row> kept = kept(commitTable, row);
    try {
      long count = ContractViolations.refuse(kept, commitTable, batchId);
      if (count != 1) {
        throw TableStore.notOneRow(commitTable, count);
      }
      publish(commitTable, batchId, staged(commitTable, kept, count));
    } finally {
      kept.unpersist();
    }
  }

  private static Dataset<Row> kept(Table table, Dataset<Row> rows) {
    return BatchPartitions.of(SparkSchemas.conform(rows, table))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  // A new table for each attempt, so that a retry can't duplicate rows; they are counted there.
  private TableId staged(Table table, Dataset<Row> rows, long count) {
    return BigQueryProblem.retrying(
        () -> {
          TableId target = tables.createStaging(table);
          try {
            rows.write()
                .format("bigquery")
                .option("writeMethod", "direct")
                .option("enableModeCheckForSchemaFields", "false")
                .option("parentProject", config.project())
                .mode("append")
                .save(name(target));
            requireRows(target, count);
            return target;
          } catch (RuntimeException e) {
            tables.drop(List.of(target));
            throw e;
          }
        });
  }

  private void requireRows(TableId target, long count) {
    long came = tables.count(target);
    if (came != count) {
      throw new UncheckedIOException(
          new IOException(
              "%,d of %,d rows arrived in %s".formatted(came, count, BigQueryTables.sql(target))));
    }
  }

  private void publish(Table commitTable, String batchId, TableId commitRow) {
    Map<Table, TableId> moved = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      TableId from = staging.get(new Appended(table, batchId));
      if (from != null && table.committedBy().filter(commitTable::equals).isPresent()) {
        moved.put(table, from);
      }
    }
    List<TableId> used = new ArrayList<>(moved.values());
    used.add(commitRow);
    try {
      runAsOne(commitTable, batchId, statements(commitTable, moved, commitRow));
    } finally {
      tables.drop(used);
      moved.forEach((table, from) -> staging.remove(new Appended(table, batchId), from));
    }
  }

  private String statements(Table commitTable, Map<Table, TableId> moved, TableId commitRow) {
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN TRANSACTION;");
    moved.forEach((table, from) -> statements.add(insert(table, from)));
    statements.add(insert(commitTable, commitRow));
    statements.add("COMMIT TRANSACTION;");
    return String.join("\n", statements);
  }

  private String insert(Table table, TableId from) {
    String columns =
        table.contract().fields().stream()
            .map(TableField::name)
            .collect(Collectors.joining("`, `"));
    return "INSERT INTO %s (`%s`) SELECT `%s` FROM %s;"
        .formatted(
            BigQueryTables.sql(tables.id(table)), columns, columns, BigQueryTables.sql(from));
  }

  // Runs the statements unless a job named after the batch has already committed it. If the job of
  // a name failed, or its table was recreated since, the next name is tried.
  private void runAsOne(Table commitTable, String batchId, String statements) {
    int failures = 0;
    for (int number = 0; ; number++) {
      String jobId =
          "%s-%s-%s-%d"
              .formatted(
                  tables.id(commitTable).getDataset(),
                  commitTable.table(),
                  batchId.replace('.', '-'),
                  number);
      Job job = tables.runOnce(jobId, statements);
      boolean ours =
          job.getConfiguration() instanceof QueryJobConfiguration query
              && statements.equals(query.getQuery());
      if (job.getStatus().getError() == null) {
        if (ours) {
          return;
        }
        refuseCommitted(commitTable, batchId);
      } else if (ours && ++failures == 3) {
        throw new IllegalStateException(
            "Batch %s can't be committed: %s"
                .formatted(batchId, job.getStatus().getError().getMessage()));
      }
    }
  }

  @Override
  public boolean isCommitted(Table commitTable, String batchId) {
    return commits(commitTable).stream().anyMatch(commit -> commit.id().equals(batchId));
  }

  @Override
  public List<String> batches(Table commitTable) {
    if (commitTable != Table.INGESTS) {
      return committed(commitTable);
    }
    return List.copyOf(
        Visibility.ingests(
            commits(Table.INGESTS).stream()
                .map(commit -> new IngestRow(commit.id(), commit.supersedes()))
                .toList()));
  }

  @Override
  public List<String> committed(Table commitTable) {
    return commits(commitTable).stream().map(BatchCommit::id).sorted().toList();
  }

  private List<BatchCommit> commits(Table commitTable) {
    String sql =
        "SELECT %s FROM %s"
            .formatted(
                BatchCommit.columns(commitTable), BigQueryTables.sql(tables.id(commitTable)));
    return tables.query(sql).stream().map(row -> BatchCommit.of(commitTable, row)).toList();
  }

  @Override
  public Dataset<Row> read(Table table, Collection<String> batchIds) {
    if (batchIds.size() == 1) {
      TableId own = staging.get(new Appended(table, batchIds.iterator().next()));
      if (own != null) {
        return rows(table, own);
      }
    }
    Set<String> wanted = Set.copyOf(batchIds);
    List<BatchCommit> commits =
        commits(table.committedBy().orElse(table)).stream()
            .filter(commit -> wanted.contains(commit.id()))
            .toList();
    return commits.isEmpty()
        ? spark.createDataFrame(List.of(), SparkSchemas.of(table))
        : rows(table, tables.id(table)).filter(of(table, commits));
  }

  /**
   * Returns the condition for the rows of some batches, in a form that lets BigQuery prune
   * partitions.
   */
  private static Column of(Table table, List<BatchCommit> commits) {
    if (table.committedBy().isEmpty()) {
      return commits.stream().map(BatchCommit::row).reduce(Column::or).orElseThrow();
    }
    Column batches =
        col(table.batchColumn())
            .isin(commits.stream().map(BatchCommit::batch).distinct().toArray());
    List<LocalDate> days = days(table, commits);
    if (days.isEmpty()) {
      return batches;
    }
    Column partition = col(table.contract().partitionBy());
    return batches
        .and(partition.geq(lit(days.get(0))))
        .and(partition.leq(lit(days.get(days.size() - 1))));
  }

  /**
   * Returns the batches' partitions in ascending order; empty if their commit rows don't have them.
   */
  private static List<LocalDate> days(Table table, List<BatchCommit> commits) {
    String partition = TableStore.commitTable(table).contract().partitionBy();
    return partition.equals(table.contract().partitionBy())
        ? commits.stream().map(BatchCommit::day).sorted().toList()
        : List.of();
  }

  @Override
  public List<Leftover> leftovers(Instant untouchedSince) {
    return tables.staging().stream()
        .filter(leftover -> leftover.touched().isBefore(untouchedSince))
        .toList();
  }

  @Override
  public void remove(Leftover leftover) {
    if (tables.staging().contains(leftover)) {
      tables.drop(List.of(tables.staged(leftover.name())));
    }
  }

  @Override
  public void purge(Table table, String batchId) {
    TableStore.requireOtherThanCommit(table);
    commits(TableStore.commitTable(table)).stream()
        .filter(commit -> commit.id().equals(batchId))
        .findFirst()
        .ifPresent(
            commit ->
                tables.deleteRows(
                    table, batchId, days(table, List.of(commit)).stream().findFirst()));
  }

  private Dataset<Row> rows(Table table, TableId from) {
    return spark
        .read()
        .format("bigquery")
        .option("parentProject", config.project())
        // A cached session would return the rows of some minutes ago.
        .option("enableReadSessionCaching", "false")
        .load(name(from))
        .select(
            Arrays.stream(SparkSchemas.of(table).fieldNames())
                .map(functions::col)
                .toArray(Column[]::new));
  }

  private static String name(TableId id) {
    return "%s.%s.%s".formatted(id.getProject(), id.getDataset(), id.getTable());
  }

  private void refuseCommitted(Table commitTable, String batchId) {
    if (isCommitted(commitTable, batchId)) {
      throw TableStore.committed(commitTable, batchId);
    }
  }
}
