package io.trendflow.serving.store;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import io.trendflow.schemas.Table;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads tables of a project by queries, and adds single rows. */
final class BigQueryReader {
  private final BigQuery bigQuery;
  private final BigQueryConfig config;

  BigQueryReader(BigQuery bigQuery, BigQueryConfig config) {
    this.bigQuery = bigQuery;
    this.config = config;
  }

  TableId id(Table table) {
    return TableId.of(config.project(), config.datasetPrefix() + table.dataset(), table.table());
  }

  /** Returns the quoted name of a table for a query. */
  String name(Table table) {
    TableId id = id(table);
    return "`" + id.getProject() + "." + id.getDataset() + "." + id.getTable() + "`";
  }

  /**
   * Returns the names of a table's columns.
   *
   * @throws BigQueryException if BigQuery refuses or there is no such table
   */
  Set<String> columns(Table table) {
    Schema schema = Objects.requireNonNull(definition(table).getSchema());
    return schema.getFields().stream().map(Field::getName).collect(Collectors.toSet());
  }

  private TableDefinition definition(Table table) {
    com.google.cloud.bigquery.Table there = bigQuery.getTable(id(table));
    if (there == null) {
      throw new BigQueryException(HttpURLConnection.HTTP_NOT_FOUND, "no such table");
    }
    return there.getDefinition();
  }

  /**
   * Passes the rows of a query to a consumer.
   *
   * @throws BigQueryException if BigQuery refuses or the query would scan more than the limit
   */
  void query(String sql, Map<String, QueryParameterValue> parameters, Consumer<ColumnReader> rows)
      throws InterruptedException {
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(sql)
            .setNamedParameters(parameters)
            .setMaximumBytesBilled(config.maxGigabytesBilled() << 30)
            .build();
    TableResult result = bigQuery.query(query);
    Schema schema = Objects.requireNonNull(result.getSchema());
    result.iterateAll().forEach(row -> rows.accept(new QueryFields(schema, row)));
  }

  /**
   * Adds a row to a table, unless a job of the same name has added it before. BigQuery runs only
   * one job of a name, also if two requests arrive at once; a job that failed is followed by one
   * with the next number.
   *
   * @param name name of the job
   * @param values value of each column
   * @throws BigQueryException if BigQuery refuses
   */
  void insert(String name, Table table, Map<String, QueryParameterValue> values)
      throws InterruptedException {
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                name(table),
                String.join(", ", values.keySet()),
                values.keySet().stream().map(v -> "@" + v).collect(Collectors.joining(", ")));
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(sql).setNamedParameters(values).build();
    // BigQuery finds a job of another region than US and EU by its location only.
    String location =
        definition(table) instanceof StandardTableDefinition stored ? stored.getLocation() : null;
    boolean added = false;
    for (int attempt = 1; !added; attempt++) {
      JobId job =
          JobId.newBuilder()
              .setProject(config.project())
              .setLocation(location)
              .setJob("%s-%s-%d".formatted(id(table).getDataset(), name, attempt))
              .build();
      added = insert(query, job);
    }
  }

  /** Runs a job, and returns false if an earlier job of its name failed. */
  private boolean insert(QueryJobConfiguration query, JobId job) throws InterruptedException {
    try {
      bigQuery.query(query, job);
      return true;
    } catch (BigQueryException e) {
      Job earlier = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? bigQuery.getJob(job) : null;
      Job ended = earlier == null ? null : earlier.waitFor();
      if (ended == null) {
        throw e;
      }
      return ended.getStatus().getError() == null;
    }
  }
}
