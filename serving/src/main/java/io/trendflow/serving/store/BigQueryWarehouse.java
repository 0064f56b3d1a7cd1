package io.trendflow.serving.store;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.stream.Collectors.joining;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.QueryParameterValue;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.trendflow.history.DayRange;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Warehouse of the tables in BigQuery and the model files in Cloud Storage. Reads whole batches by
 * the Storage Read API and rows of single products by queries.
 */
@Singleton
@Replaces(DuckDbWarehouse.class)
@Requires(property = "trendflow.store.project", pattern = ".+")
final class BigQueryWarehouse implements Warehouse, AutoCloseable {
  private static final String LAST_DAY = "DATE_ADD(sale_date, INTERVAL period_days - 1 DAY)";

  private static final String ROLES =
      "roles/bigquery.dataViewer on it, roles/bigquery.jobUser and roles/bigquery.readSessionUser on"
          + " the project";

  private final BigQueryConfig config;
  private final BigQueryClients clients;
  private final BigQueryReader tables;
  private final StorageRows storage;
  private final BatchDays days;

  private interface Call {
    void run() throws IOException, InterruptedException, UnreadableException;
  }

  /**
   * Connects to BigQuery; reads nothing yet.
   *
   * @throws IllegalArgumentException if a store folder is configured as well, or there are no
   *     credentials
   */
  BigQueryWarehouse(BigQueryConfig config, @Value("${trendflow.store.path:}") String path) {
    if (!path.isBlank()) {
      throw new IllegalArgumentException(
          "Both trendflow.store.path and trendflow.store.project are set: keep only the one that"
              + " holds the tables.");
    }
    this.config = config;
    this.clients = new BigQueryClients(config);
    try {
      this.tables = new BigQueryReader(clients.bigQuery(), config);
      this.storage = new StorageRows(clients.read(), config.project());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The service has no credentials for Google Cloud: "
              + e.getMessage()
              + " Provide application default credentials in its environment.",
          e);
    }
    this.days = new BatchDays(tables, storage);
  }

  @Override
  public Commits commits() throws UnreadableException {
    List<Run> runs = new ArrayList<>();
    try {
      read(RowSelection.all(Table.RUNS), Run.class, runs::add);
    } catch (UnavailableException e) {
      throw new UnavailableException("The runs can't be read: " + e.getMessage() + ".", e);
    }
    return new Commits(runs, List.of());
  }

  @Override
  public <R extends Record> void read(RowSelection selection, Class<R> type, Consumer<R> rows)
      throws UnreadableException {
    if (selection.batches() != null && selection.batches().isEmpty()) {
      return;
    }
    call(
        selection.table(),
        () -> {
          FieldsReader<R> reader = new FieldsReader<>(type);
          List<String> columns = reader.columns(tables.columns(selection.table()));
          if (selection.among().isEmpty()) {
            readWhole(selection, type, reader, columns, rows);
          } else {
            query(selection, columns, row -> rows.accept(reader.read(row)));
          }
        });
  }

  private <R extends Record> void readWhole(
      RowSelection selection,
      Class<R> type,
      FieldsReader<R> reader,
      List<String> columns,
      Consumer<R> rows)
      throws IOException {
    RecordSorter<R> sorted =
        selection.order().isEmpty() ? null : new RecordSorter<>(type, selection.order());
    Consumer<R> into = sorted == null ? rows : sorted::add;
    storage.read(
        tables.id(selection.table()),
        columns,
        restriction(selection),
        row -> into.accept(reader.read(row)));
    if (sorted != null) {
      sorted.end(rows);
    }
  }

  private void query(RowSelection selection, List<String> columns, Consumer<ColumnReader> rows)
      throws IOException, InterruptedException {
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(String.join(", ", columns))
            .append(" FROM ")
            .append(tables.name(selection.table()))
            .append(" WHERE ")
            .append(restriction(selection));
    Map<String, QueryParameterValue> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Collection<String>> among : selection.among().entrySet()) {
      sql.append(" AND %1$s IN UNNEST(@%1$s)".formatted(among.getKey()));
      String[] values = among.getValue().toArray(String[]::new);
      parameters.put(among.getKey(), QueryParameterValue.array(values, String.class));
    }
    if (!selection.order().isEmpty()) {
      sql.append(" ORDER BY ").append(String.join(", ", selection.order()));
    }
    tables.query(sql.toString(), parameters, rows);
  }

  private String restriction(RowSelection selection) throws IOException {
    List<String> conditions = new ArrayList<>();
    if (selection.batches() != null) {
      conditions.add(days.restriction(selection.table(), selection.batches()));
    }
    RowSelection.Since since = selection.since();
    if (since != null) {
      conditions.add(since.column() + " >= '" + since.day() + "'");
    }
    return conditions.stream().collect(joining(" AND "));
  }

  @Override
  public void soldDays(
      List<String> ingestIds, Instant knownBy, DayRange recent, Consumer<SoldDays> rows)
      throws UnreadableException {
    if (ingestIds.isEmpty()) {
      return;
    }
    call(
        Table.DAILY_SALES,
        () -> {
          FieldsReader<SoldDays> reader = new FieldsReader<>(SoldDays.class);
          String sql =
              SoldDays.query(
                  tables.name(Table.DAILY_SALES)
                      + " WHERE "
                      + days.restriction(Table.DAILY_SALES, ingestIds),
                  LAST_DAY,
                  "@known_by",
                  recent);
          tables.query(
              sql, Map.of("known_by", timestamp(knownBy)), row -> rows.accept(reader.read(row)));
        });
  }

  @Override
  public void weeklySales(WeeklySales.Selection selection, Consumer<WeeklySales> rows)
      throws UnreadableException {
    if (selection.ingestIds().isEmpty()) {
      return;
    }
    call(
        Table.DAILY_SALES,
        () -> {
          FieldsReader<WeeklySales> reader = new FieldsReader<>(WeeklySales.class);
          String sql =
              WeeklySales.query(
                  selection,
                  new WeeklySales.Dialect(
                      tables.name(Table.DAILY_SALES)
                          + " WHERE "
                          + days.restriction(Table.DAILY_SALES, selection.ingestIds()),
                      LAST_DAY,
                      "DIV(DATE_DIFF(DATE '" + selection.lastDay() + "', last_day, DAY), 7)",
                      "@market",
                      "UNNEST(@product_ids)",
                      "@known_by"));
          Map<String, QueryParameterValue> parameters = new LinkedHashMap<>();
          parameters.put("market", QueryParameterValue.string(selection.market()));
          parameters.put(
              "product_ids",
              QueryParameterValue.array(
                  selection.productIds().toArray(String[]::new), String.class));
          parameters.put("known_by", timestamp(selection.knownBy()));
          tables.query(sql, parameters, row -> rows.accept(reader.read(row)));
        });
  }

  private static QueryParameterValue timestamp(Instant instant) {
    return QueryParameterValue.timestamp(MICROS.between(Instant.EPOCH, instant));
  }

  // BigQuery runs at most one job of an id, so that a repeated call adds no second row.
  @Override
  public void add(Table table, String id, Record row) throws UnreadableException {
    RecordType<?> type = new RecordType<>(row.getClass());
    Map<String, QueryParameterValue> values = new LinkedHashMap<>();
    for (TableField field : table.contract().fields()) {
      values.put(field.name(), parameter(field, type.value(row, field.name())));
    }
    call(table, () -> tables.insert(table.table() + "-" + id, table, values));
  }

  private static QueryParameterValue parameter(TableField field, @Nullable Object value) {
    return switch (field.type()) {
      case STRING -> QueryParameterValue.string((String) value);
      case FLOAT -> QueryParameterValue.float64((Double) value);
      case DATE -> QueryParameterValue.date(String.valueOf(value));
      case TIMESTAMP -> timestamp((Instant) Objects.requireNonNull(value));
      default ->
          throw new IllegalArgumentException("rows with " + field.name() + " can't be added");
    };
  }

  @Override
  public byte[] artifact(String path) throws UnreadableException {
    URI folder = URI.create(config.artifacts());
    String object = (folder.getPath() + "/" + path).replaceAll("/+", "/").substring(1);
    String address =
        "%s/storage/v1/b/%s/o/%s?alt=media"
            .formatted(
                clients.storageAddress(),
                folder.getAuthority(),
                URLEncoder.encode(object, StandardCharsets.UTF_8).replace("+", "%20"));
    try {
      HttpResponse answer =
          clients.storage().buildGetRequest(new GenericUrl(address, true)).execute();
      try (InputStream content = answer.getContent()) {
        return content.readAllBytes();
      } finally {
        answer.disconnect();
      }
    } catch (IOException e) {
      String file = "the file " + config.artifacts() + "/" + path;
      String sentence =
          CloudRefusals.sentence(
              e, file, "train the model again", "roles/storage.objectViewer on it");
      throw CloudRefusals.status(e) == HttpURLConnection.HTTP_NOT_FOUND
          ? new UnreadableException(sentence, e)
          : new UnavailableException(sentence, e);
    }
  }

  private void call(Table table, Call call) throws UnreadableException {
    try {
      call.run();
    } catch (BigQueryException | ApiException | IOException e) {
      throw new UnavailableException(sentence(table, e), e);
    } catch (IllegalArgumentException e) { // of a row
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("reading from BigQuery was interrupted", e);
    }
  }

  private String sentence(Table table, Exception e) {
    String what = "the table " + tables.name(table);
    return CloudRefusals.reason(e).equals("bytesBilledLimitExceeded")
        ? "a query of %s would scan more than %d GiB: raise trendflow.store.max-gigabytes-billed"
            .formatted(what, config.maxGigabytesBilled())
        : CloudRefusals.sentence(e, what, "run bin/trendflow tables create", ROLES);
  }

  @Override
  @PreDestroy
  public void close() {
    storage.close();
  }
}
