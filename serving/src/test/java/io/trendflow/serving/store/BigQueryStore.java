package io.trendflow.serving.store;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableName;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.gson.Gson;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import io.trendflow.schemas.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Store that tests write to: its own datasets with exactly the tables of the contracts. */
final class BigQueryStore implements SampleStore, AutoCloseable {
  private static final Gson GSON = new Gson();
  private static final int ROWS_OF_A_REQUEST = 2000;

  private final BigQueryConfig config;
  private final BigQuery bigQuery;
  private final BigQueryWriteClient client;

  /** Creates the datasets and tables. */
  BigQueryStore(BigQueryConfig config) throws IOException {
    this.config = config;
    this.bigQuery = new BigQueryClients(config).bigQuery();
    this.client =
        BigQueryWriteClient.create(
            BigQueryWriteSettings.newBuilder()
                .setEndpoint(Objects.requireNonNull(config.emulator()).bigqueryStorage())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
    Set<String> made = new HashSet<>();
    for (Table table : Table.values()) {
      if (made.add(table.dataset())) {
        bigQuery.create(DatasetInfo.of(id(table).getDataset()));
      }
      create(table);
    }
  }

  /** Creates a table that does not exist. */
  void create(Table table) {
    bigQuery.create(
        TableInfo.of(
            id(table),
            StandardTableDefinition.newBuilder()
                .setSchema(Schema.of(fields(table.contract().fields())))
                .setTimePartitioning(
                    TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                        .setField(table.contract().partitionBy())
                        .build())
                .build()));
  }

  /**
   * Creates a table of simple columns again, by SQL: the emulator takes a {@code FLOAT} of the API
   * for a type of 32 bits, into which no statement can insert the number of a parameter.
   */
  void createForInserts(Table table) throws InterruptedException {
    drop(table);
    String columns =
        table.contract().fields().stream()
            .map(field -> field.name() + " " + field.type().name().replace("FLOAT", "FLOAT64"))
            .collect(Collectors.joining(", "));
    var unused =
        bigQuery.query(
            QueryJobConfiguration.of(
                "CREATE TABLE %s (%s)"
                    .formatted(new BigQueryReader(bigQuery, config).name(table), columns)));
  }

  BigQueryConfig config() {
    return config;
  }

  /**
   * Returns the settings of a service over this store that accepts data of any age, because the
   * samples are old.
   */
  Map<String, Object> settings() {
    BigQueryConfig.Emulator emulator = Objects.requireNonNull(config.emulator());
    return Map.of(
        "trendflow.max-age.run", 100_000,
        "trendflow.request-timeout", "30s",
        "trendflow.store.project", config.project(),
        "trendflow.store.dataset-prefix", config.datasetPrefix(),
        "trendflow.store.artifacts", config.artifacts(),
        "trendflow.store.max-gigabytes-billed", config.maxGigabytesBilled(),
        "trendflow.store.patience", config.patience().toMillis() + "ms",
        "trendflow.store.emulator.bigquery", emulator.bigquery(),
        "trendflow.store.emulator.bigquery-storage", emulator.bigqueryStorage(),
        "trendflow.store.emulator.storage", emulator.storage());
  }

  TableId id(Table table) {
    return new BigQueryReader(bigQuery, config).id(table);
  }

  void drop(Table table) {
    bigQuery.delete(id(table));
  }

  private static FieldList fields(List<io.trendflow.schemas.TableField> fields) {
    return FieldList.of(fields.stream().map(BigQueryStore::field).toList());
  }

  private static Field field(io.trendflow.schemas.TableField field) {
    LegacySQLTypeName type = LegacySQLTypeName.valueOfStrict(field.type().name());
    Field.Builder builder =
        field.fields().isEmpty()
            ? Field.newBuilder(field.name(), type)
            : Field.newBuilder(field.name(), type, fields(field.fields()));
    return builder.setMode(Field.Mode.valueOf(field.mode().name())).build();
  }

  /**
   * Appends through a stream of the Storage Write API that is committed at its end, like the jobs.
   */
  @Override
  public void write(Table table, String batch, List<? extends Record> rows) {
    TableId id = id(table);
    TableName name = TableName.of(id.getProject(), id.getDataset(), id.getTable());
    String stream =
        client
            .createWriteStream(
                name, WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build())
            .getName();
    try (JsonStreamWriter writer =
        JsonStreamWriter.newBuilder(stream, schema(table), client).build()) {
      for (int from = 0; from < rows.size(); from += ROWS_OF_A_REQUEST) {
        List<Map<String, Object>> contents =
            rows.subList(from, Math.min(from + ROWS_OF_A_REQUEST, rows.size())).stream()
                .map(row -> content(table, batch, row))
                .toList();
        writer.append(GSON.toJsonTree(contents).getAsJsonArray(), from).get();
      }
    } catch (IOException
        | DescriptorValidationException
        | ExecutionException
        | InterruptedException e) {
      throw new IllegalStateException("rows can't be written to " + table, e);
    }
    client.finalizeWriteStream(stream);
    client.batchCommitWriteStreams(
        BatchCommitWriteStreamsRequest.newBuilder()
            .setParent(name.toString())
            .addWriteStreams(stream)
            .build());
  }

  @Override
  public void rejects(String batch, int count) {
    String insert =
        """
        INSERT INTO %s (ingest_id, ingested_on, source, file, record, reason, detail)
        SELECT '%s', DATE '%s', 'shop', 'a.csv', i, 'bad_date', ''
        FROM UNNEST(GENERATE_ARRAY(%d, 1, -1)) AS i
        """
            .formatted(
                new BigQueryReader(bigQuery, config).name(Table.REJECTS),
                batch,
                Samples.AS_OF,
                count);
    try {
      bigQuery.query(QueryJobConfiguration.of(insert));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TableSchema schema(Table table) {
    return TableSchema.newBuilder().addAllFields(schema(table.contract().fields())).build();
  }

  private static List<TableFieldSchema> schema(List<io.trendflow.schemas.TableField> fields) {
    return fields.stream()
        .map(
            field ->
                TableFieldSchema.newBuilder()
                    .setName(field.name())
                    .setType(type(field))
                    .setMode(TableFieldSchema.Mode.valueOf(field.mode().name()))
                    .addAllFields(schema(field.fields()))
                    .build())
        .toList();
  }

  private static TableFieldSchema.Type type(io.trendflow.schemas.TableField field) {
    return switch (field.type()) {
        // The API accepts decimals as text.
      case STRING, NUMERIC -> TableFieldSchema.Type.STRING;
      case INTEGER -> TableFieldSchema.Type.INT64;
      case FLOAT -> TableFieldSchema.Type.DOUBLE;
      case BOOLEAN -> TableFieldSchema.Type.BOOL;
      case DATE -> TableFieldSchema.Type.DATE;
      case TIMESTAMP -> TableFieldSchema.Type.TIMESTAMP;
      case RECORD -> TableFieldSchema.Type.STRUCT;
    };
  }

  private static Map<String, Object> content(Table table, String batch, Record row) {
    Map<String, Object> content = content(table.contract().fields(), row);
    content.put(table.batchColumn(), batch);
    return content;
  }

  /** Returns a record's columns; required columns that the record lacks get a placeholder value. */
  private static Map<String, Object> content(
      List<io.trendflow.schemas.TableField> fields, Record record) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (io.trendflow.schemas.TableField field : fields) {
      Object value = json(field, Copies.column(record, field.name()));
      if (value == null && field.mode() == io.trendflow.schemas.TableField.Mode.REQUIRED) {
        value = some(field);
      }
      if (value != null) {
        content.put(field.name(), value);
      }
    }
    return content;
  }

  private static Object some(io.trendflow.schemas.TableField field) {
    return switch (field.type()) {
      case DATE -> Samples.AS_OF.toString();
      case TIMESTAMP -> 0;
      case BOOLEAN -> false;
      case INTEGER, FLOAT -> 0;
      case NUMERIC -> "0";
      case STRING, RECORD -> "";
    };
  }

  private static @Nullable Object json(
      io.trendflow.schemas.TableField field, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(element -> json(field, element)).toList();
    }
    if (value instanceof Record struct) {
      return content(field.fields(), struct);
    }
    if (value instanceof Instant time) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value == null
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean
        ? value
        : value.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
