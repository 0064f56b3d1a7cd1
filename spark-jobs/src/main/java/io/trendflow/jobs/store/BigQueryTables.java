package io.trendflow.jobs.store;

import com.google.cloud.spark.bigquery.repackaged.com.google.auth.oauth2.AccessToken;
import com.google.cloud.spark.bigquery.repackaged.com.google.auth.oauth2.OAuth2CredentialsWithRefresh;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.BigQuery;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.Clustering;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.DatasetId;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.Job;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.JobException;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.JobId;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.JobInfo;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.Schema;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableId;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableInfo;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.ViewDefinition;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.jobs.store.TableStore.Leftover;
import io.trendflow.schemas.CommitView;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableContract;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The part of BigQuery's REST API that the store needs, through the client that the Spark connector
 * bundles. Every failure is a sentence ({@link BigQueryProblem}); transient failures are retried.
 */
public final class BigQueryTables {
  private static final Duration STAGING_LIFE = Duration.ofDays(1);
  private static final Duration TOKEN_LIFE = Duration.ofDays(1);

  private final BigQuery api;
  private final StoreConfig store;
  private final Set<Table> checked = new HashSet<>();
  private final Set<String> datasets = new HashSet<>();

  private BigQueryTables(BigQuery api, StoreConfig store) {
    this.api = api;
    this.store = store;
  }

  /**
   * Connects with the credentials of the environment.
   *
   * @param setting returns a setting of the connector, which may name an emulator; null if unset
   */
  public static BigQueryTables open(StoreConfig store, UnaryOperator<@Nullable String> setting) {
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder().setProjectId(store.project()).setLocation(store.location());
    String host = setting.apply("bigQueryHttpEndpoint");
    if (host != null) {
      options.setHost(host);
    }
    String token = setting.apply("gcpAccessToken");
    if (token != null) {
      options.setCredentials(credentials(token));
    }
    return new BigQueryTables(options.build().getService(), store);
  }

  // Returns credentials whose refresh returns the same token again.
  private static OAuth2CredentialsWithRefresh credentials(String token) {
    AccessToken given = new AccessToken(token, Date.from(Instant.now().plus(TOKEN_LIFE)));
    return OAuth2CredentialsWithRefresh.newBuilder()
        .setAccessToken(given)
        .setRefreshHandler(() -> given)
        .build();
  }

  public TableId id(Table table) {
    return TableId.of(store.project(), store.datasetPrefix() + table.dataset(), table.table());
  }

  /** Returns the name of a view, which is in its commit table's dataset. */
  public TableId id(CommitView view) {
    TableId table = id(view.table());
    return TableId.of(table.getProject(), table.getDataset(), view.view());
  }

  /** Returns a table's name in SQL. */
  public static String sql(TableId id) {
    return "`%s.%s.%s`".formatted(id.getProject(), id.getDataset(), id.getTable());
  }

  /** Returns the rows of a query with a small result. */
  List<FieldValueList> query(String sql) {
    return BigQueryProblem.retrying(
        () -> api.query(QueryJobConfiguration.of(sql)).streamAll().toList());
  }

  /** Returns the number of rows of a table. */
  long count(TableId id) {
    return query("SELECT COUNT(*) FROM " + sql(id)).get(0).get(0).getLongValue();
  }

  /**
   * Rejects a table that is missing or differs from its contract. Each table is checked once.
   *
   * @throws IllegalStateException naming the table and each difference
   */
  void requireAsContracted(Table table) {
    if (checked.contains(table)) {
      return;
    }
    Schema found = schema(id(table)).orElseThrow(() -> BigQueryProblem.missing(id(table)));
    List<String> differences = ContractSchema.differences(table, found);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "%s differs from its contract: %s; run bin/trendflow tables diff to see all differences."
              .formatted(sql(id(table)), String.join("; ", differences)));
    }
    checked.add(table);
  }

  /**
   * Creates a table as its contract defines it, and its dataset.
   *
   * @return false if the table exists already, whatever its schema is
   */
  public boolean create(Table table) {
    TableId id = id(table);
    return BigQueryProblem.retrying(
        () -> {
          createDataset(id.getDataset());
          createDataset(stagingDataset());
          if (api.getTable(id) != null) {
            return false;
          }
          var unused = api.create(contracted(table));
          return true;
        });
  }

  /**
   * Creates a view of a commit table, which must exist.
   *
   * @return false if a table or view of its name exists already
   */
  public boolean create(CommitView view) {
    TableId id = id(view);
    return BigQueryProblem.retrying(
        () -> {
          if (api.getTable(id) != null) {
            return false;
          }
          ViewDefinition definition =
              ViewDefinition.newBuilder(query(view)).setUseLegacySql(false).build();
          var unused =
              api.create(
                  TableInfo.newBuilder(id, definition).setDescription(view.description()).build());
          return true;
        });
  }

  private String query(CommitView view) {
    return view.sql(sql(id(view.table())));
  }

  /** Returns the differences of a view from its SQL file; none if there are none. */
  public List<String> differences(CommitView view) {
    var found = BigQueryProblem.retrying(() -> api.getTable(id(view)));
    if (found == null) {
      return List.of("is missing");
    }
    if (!(found.<TableDefinition>getDefinition() instanceof ViewDefinition definition)) {
      return List.of("is not a view");
    }
    return query(view).equals(definition.getQuery())
        ? List.of()
        : List.of(
            "has the query \"%s\" instead of \"%s\"".formatted(definition.getQuery(), query(view)));
  }

  // All tables of a dataset share one check.
  private void createDataset(String name) {
    if (datasets.contains(name)) {
      return;
    }
    DatasetId id = DatasetId.of(store.project(), name);
    if (api.getDataset(id) == null) {
      var unused =
          api.create(
              DatasetInfo.newBuilder(id)
                  .setLocation(Objects.requireNonNull(store.location()))
                  .build());
    }
    datasets.add(name);
  }

  private String stagingDataset() {
    return store.datasetPrefix() + "staging";
  }

  private TableInfo contracted(Table table) {
    TableContract contract = table.contract();
    StandardTableDefinition.Builder definition =
        StandardTableDefinition.newBuilder()
            .setSchema(ContractSchema.of(table))
            .setTimePartitioning(
                TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                    .setField(contract.partitionBy())
                    .build())
            .setTableConstraints(
                TableConstraints.newBuilder()
                    .setPrimaryKey(
                        PrimaryKey.newBuilder().setColumns(contract.primaryKey()).build())
                    .build());
    if (!contract.clusterBy().isEmpty()) {
      definition.setClustering(Clustering.newBuilder().setFields(contract.clusterBy()).build());
    }
    return TableInfo.newBuilder(id(table), definition.build())
        .setDescription(contract.description())
        .build();
  }

  /**
   * Returns the differences between a table and its contract; "is missing" if it does not exist.
   */
  public List<String> differences(Table table) {
    var found = BigQueryProblem.retrying(() -> api.getTable(id(table)));
    if (found == null) {
      return List.of("is missing");
    }
    TableContract contract = table.contract();
    StandardTableDefinition definition = found.getDefinition();
    List<String> differences =
        new ArrayList<>(
            ContractSchema.differences(table, Objects.requireNonNull(definition.getSchema())));
    TimePartitioning partitioning = definition.getTimePartitioning();
    String by = partitioning == null ? null : partitioning.getField();
    if (!contract.partitionBy().equals(by)) {
      differences.add("is partitioned by %s instead of %s".formatted(by, contract.partitionBy()));
    }
    Clustering clustering = definition.getClustering();
    List<String> clustered = clustering == null ? List.of() : clustering.getFields();
    if (!contract.clusterBy().equals(clustered)) {
      differences.add(
          "is clustered by %s instead of %s".formatted(clustered, contract.clusterBy()));
    }
    return differences;
  }

  private Optional<Schema> schema(TableId id) {
    return Optional.ofNullable(BigQueryProblem.retrying(() -> api.getTable(id)))
        .map(found -> Objects.requireNonNull(found.getDefinition().getSchema()));
  }

  /** Creates an empty staging table for one attempt to write rows. */
  TableId createStaging(Table table) {
    String name = table.table() + "_" + UUID.randomUUID().toString().replace('-', '_');
    TableId staging = staged(name);
    TableInfo info =
        TableInfo.newBuilder(staging, StandardTableDefinition.of(ContractSchema.relaxed(table)))
            .setExpirationTime(Instant.now().plus(STAGING_LIFE).toEpochMilli())
            .build();
    var unused = BigQueryProblem.retrying(() -> api.create(info));
    return staging;
  }

  /** Removes staging tables. One that can't be removed expires. */
  void drop(List<TableId> staging) {
    for (TableId id : staging) {
      try {
        boolean unused = api.delete(id);
      } catch (BigQueryException e) {
        // The table expires.
      }
    }
  }

  /** Returns the existing staging tables. */
  List<Leftover> staging() {
    DatasetId dataset = DatasetId.of(store.project(), stagingDataset());
    return BigQueryProblem.retrying(
        () ->
            api.listTables(dataset)
                .streamAll()
                .map(table -> api.getTable(table.getTableId()))
                .filter(Objects::nonNull)
                .map(BigQueryTables::leftover)
                .toList());
  }

  private static Leftover leftover(TableInfo table) {
    StandardTableDefinition definition = table.getDefinition();
    return new Leftover(
        table.getTableId().getTable(),
        Objects.requireNonNullElse(definition.getNumBytes(), 0L),
        Instant.ofEpochMilli(Objects.requireNonNull(table.getLastModifiedTime())));
  }

  TableId staged(String name) {
    return TableId.of(store.project(), stagingDataset(), name);
  }

  /**
   * Deletes the rows of a batch.
   *
   * @param day the batch's partition; empty if it is not known
   */
  void deleteRows(Table table, String batchId, Optional<LocalDate> day) {
    String sql = "DELETE FROM %s WHERE %s = @batch".formatted(sql(id(table)), table.batchColumn());
    QueryJobConfiguration.Builder job = QueryJobConfiguration.newBuilder(sql);
    job.addNamedParameter("batch", QueryParameterValue.string(batchId));
    day.ifPresent(
        partition -> {
          job.setQuery(sql + " AND %s = @day".formatted(table.contract().partitionBy()));
          job.addNamedParameter("day", QueryParameterValue.date(partition.toString()));
        });
    var unused = BigQueryProblem.retrying(() -> api.query(job.build()));
  }

  /**
   * Runs statements as the job with an id, which BigQuery runs at most once.
   *
   * @return the job with that id after its end, whether this call or an earlier one started it
   */
  Job runOnce(String jobId, String statements) {
    JobId id =
        JobId.newBuilder()
            .setProject(store.project())
            .setLocation(store.location())
            .setJob(jobId)
            .build();
    return BigQueryProblem.retrying(
        () -> {
          Job job = api.getJob(id);
          if (job == null) {
            job = insert(JobInfo.of(id, QueryJobConfiguration.of(statements)));
          }
          return ended(job);
        });
  }

  private Job insert(JobInfo info) {
    try {
      return api.create(info);
    } catch (BigQueryException e) {
      // Another process was faster, or the response to our own request was lost.
      if (e.getCode() == 409) {
        return Objects.requireNonNull(api.getJob(info.getJobId()));
      }
      throw e;
    }
  }

  private Job ended(Job job) throws InterruptedException {
    try {
      return Objects.requireNonNull(job.waitFor());
    } catch (JobException | BigQueryException e) {
      Job failed = api.getJob(job.getJobId());
      if (failed != null && failed.getStatus().getError() != null) {
        return failed;
      }
      throw e;
    }
  }
}
