package io.trendflow.ingestion.raw;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trendflow.ingestion.CleanTables;
import io.trendflow.ingestion.CleanedRecords;
import io.trendflow.ingestion.DailySales;
import io.trendflow.ingestion.EarlierBatches;
import io.trendflow.ingestion.RawIngestion;
import io.trendflow.ingestion.RecordRows;
import io.trendflow.ingestion.clean.CleanedRecord;
import io.trendflow.ingestion.clean.RecordCleaner;
import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.config.SourcePresets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Folder of raw files with the configuration that reads them. */
public final class RawFolder {
  static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Shared by all tests, because creating it takes longer than reading a small file. */
  public static final Configuration HADOOP = new Configuration();

  public static final String LINES =
      """
      {kind: 'sales', files: 'orders/*', columns: {product_id: 'sku', date: 'day', units: 'qty',
       unit_price: 'price', order_id: 'order', market: 'shop', name: 'title'}}""";
  public static final String LINES_HEADER = "order,sku,day,qty,price,shop,title";

  private final Path root;
  private final Map<String, SourceConfig> sources = new LinkedHashMap<>();
  private final Map<String, MarketConfig> markets = new LinkedHashMap<>();
  private CatalogConfig catalog = CatalogConfig.DEFAULT;

  public RawFolder(Path root) {
    this.root = root;
    markets.put("uk", new MarketConfig("GBP", "Europe/London", null, List.of("GB")));
    markets.put("fr", new MarketConfig("EUR", "Europe/Paris", null, List.of("FR")));
  }

  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static SourceConfig source(String json) {
    return read(json, SourceConfig.class);
  }

  public static byte[] gzip(String text) {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] gzip(byte[] unpacked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(unpacked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Adds a source with a preset and further keys in JSON. */
  public RawFolder preset(String name, String preset, String json) {
    try {
      ObjectNode tree = (ObjectNode) YAML.readTree(SourcePresets.yaml(preset));
      sources.put(
          name,
          MAPPER.treeToValue(MAPPER.readerForUpdating(tree).readValue(json), SourceConfig.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public RawFolder source(String name, String json) {
    sources.put(name, source(json));
    return this;
  }

  public RawFolder market(String name, MarketConfig config) {
    markets.put(name, config);
    return this;
  }

  public RawFolder catalog(String json) {
    catalog = read(json, CatalogConfig.class);
    return this;
  }

  public RawFolder lines(String file, String... lines) {
    return text(file, String.join("\n", lines) + "\n");
  }

  public RawFolder text(String file, String text) {
    return bytes(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public RawFolder bytes(String file, byte[] bytes) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  List<RawFile> find() {
    return RawFiles.find(HADOOP, sources, root.toString());
  }

  public CleanTables clean(SparkSession spark) {
    List<RawFile> files = RawIngestion.find(spark, sources, root.toString(), Map.of());
    EarlierBatches nothing =
        new EarlierBatches(
            DailySales.of(none(spark, SourceKind.SALES), Map.of()),
            none(spark, SourceKind.CATALOG));
    return RawIngestion.clean(spark, files, sources, markets, catalog, nothing, NOW);
  }

  private static Dataset<Row> none(SparkSession spark, SourceKind kind) {
    return CleanedRecords.accepted(CleanedRecords.read(spark, kind, List.of()));
  }

  /**
   * Returns the outcome of every record of every file, without Spark: the given columns of an
   * accepted record, otherwise its outcome and code; last the number of records, or why the file is
   * rejected.
   */
  public List<String> records(String columns) {
    return rows().stream()
        .map(
            row -> line(row, Objects.requireNonNull(sources.get(row.getString(0))).kind(), columns))
        .toList();
  }

  /** Returns the rows of every file, without Spark. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (RawFile file : find()) {
      SourceConfig source = Objects.requireNonNull(sources.get(file.source()));
      FileTask task = new FileTask(file, source, markets, catalog, false, NOW);
      new RecordRows(task, HADOOP).forEachRemaining(rows::add);
    }
    return rows;
  }

  private static String line(Row row, SourceKind kind, String columns) {
    String outcome = row.getString(3);
    Row value = row.getStruct(8);
    if (value != null) {
      List<String> names = List.of(CleanedRecords.value(kind).fieldNames());
      return Arrays.stream(columns.split(" ", -1))
          .map(column -> String.valueOf(value.get(names.indexOf(column))))
          .collect(Collectors.joining(" "));
    }
    String code = row.getString(4);
    return switch (outcome) {
      case RecordRows.READ -> outcome + " " + row.getLong(2);
      case RecordRows.REFUSED -> outcome + " " + row.getString(5);
      default -> outcome + " " + code;
    };
  }

  public void checkLimits(CleanTables tables) {
    tables.counts().checkLimits(sources);
  }

  /** Returns the outcome of records of the first source's first file, without Spark. */
  public List<CleanedRecord> cleaned(String header, String... records) {
    String source = sources.keySet().iterator().next();
    return cleaned(
        new RawFile(source, "a.csv", "a.csv", 1, "0123456789abcdef01", null, null),
        header,
        records);
  }

  public List<CleanedRecord> cleaned(RawFile file, String header, String... records) {
    SourceConfig source = sources.values().iterator().next();
    try {
      RecordCleaner cleaner =
          new RecordCleaner(
              new FileTask(file, source, markets, catalog, false, NOW),
              new FileHeader(file, split(header)));
      CleanedRecord[] cleaned = new CleanedRecord[records.length];
      for (int i = 0; i < records.length; i++) {
        cleaned[i] = cleaner.clean(split(records[i]));
      }
      return Arrays.asList(cleaned);
    } catch (FileRejectedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String[] split(String line) {
    return line.split(",", -1);
  }
}
