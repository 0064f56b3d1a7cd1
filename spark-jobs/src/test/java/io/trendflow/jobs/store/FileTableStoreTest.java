package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class FileTableStoreTest implements TableStoreContract {
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";

  private Path root;
  private SparkSession spark;
  private FileTableStore store;

  @Override
  public SparkSession spark() {
    return spark;
  }

  @Override
  public TableStore store() {
    return store;
  }

  @Override
  public TableStore opened() {
    return new FileTableStore(spark, root.toString());
  }

  @BeforeEach
  void open(SparkSession spark, @TempDir Path temp) {
    this.spark = spark;
    root = temp.resolve("a [störe]* {1}");
    store = new FileTableStore(spark, root.toString());
  }

  @Test
  void oldDaysAndControlSignsComeBackAsTheyWere() {
    Map<String, Object> given = new HashMap<>();
    given.put("ingest_id", "i1");
    given.put("product_id", "Ünï\u0000 ½ 日本 \"\n");
    given.put("gross_revenue", new BigDecimal("12345678901234567890123456789.123456789"));
    given.put("refunds", new BigDecimal("-0.000000001"));
    given.put("available_at", Instant.parse("2011-08-31T23:59:59.999999Z"));
    given.put("sale_date", LocalDate.parse("1582-10-04"));
    store.append(Table.DAILY_SALES, "i1", Sample.of(spark, Table.DAILY_SALES, given));
    Row row = store.read(Table.DAILY_SALES, "i1").head();
    given.forEach((name, value) -> assertThat(row.<Object>getAs(name)).isEqualTo(value));
    assertThat(row.<Object>getAs("orders")).isNull();
  }

  @Test
  @EnabledOnOs(OS.LINUX) // whose /proc nobody may write to, not even root
  void aStoreThatCantBeWrittenIsNamed() {
    FileTableStore readOnly = new FileTableStore(spark, "/proc/store");
    Dataset<Row> rows = Sample.of(spark, Table.DAILY_SALES, Map.of("ingest_id", "i1"));
    assertThatThrownBy(() -> readOnly.append(Table.DAILY_SALES, "i1", rows))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("The store /proc/store can't be written: ")
        .hasMessageEndingWith("Let this user write to it, or set store.path to another folder.");
  }

  @Test
  void rowsThatBreakTheContractLeaveNothingBehind() throws IOException {
    Dataset<Row> rows =
        Sample.of(spark, Table.DAILY_SALES, Map.of("ingest_id", "i1"))
            .withColumn("market", lit(null).cast("string"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.append(Table.DAILY_SALES, "i1", rows))
        .withMessage(
            "sales_history.daily_sales can't be written:"
                + " market lacks a required value in 1 of 1 rows.");
    assertThat(parquetFiles(root)).isEmpty();
  }

  @Test
  void aCommitIsExactlyOneRow() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                store.commit(
                    Table.INGESTS, "i1", Sample.batch(spark, Table.INGESTS, "i1", "read", 1L, 2L)))
        .withMessage("A commit must be one row of quality.ingests, but has 2.");
    assertThat(store.isCommitted(Table.INGESTS, "i1")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.commit(Table.SCORES, "r1", spark.emptyDataFrame()))
        .withMessage("prediction.scores is not a commit table.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.append(Table.RUNS, "r1", spark.emptyDataFrame()))
        .withMessage("prediction.runs is a commit table: write it by commit.");
    assertThat(parquetFiles(root)).isEmpty();
  }

  @Test
  void aBatchIdIsAPlainName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> append("../x", "a"))
        .withMessage(
            "\"../x\" is not a valid batch id: use letters, digits, '.', '_' and '-' and begin with a letter or digit.");
  }

  @Test
  void whatADeadJobLeftBehindIsHarmless() throws IOException {
    append("i1", "a");
    commit("i1");
    // Killed while writing, and killed after another writer's rename was faster.
    Path unfinished = root.resolve(TableLayout.unfinished(Table.INGESTS)).resolve("i2-0");
    Files.createDirectories(unfinished.resolve("_temporary/0"));
    Files.writeString(unfinished.resolve("part-0.parquet"), "half a fi");
    Path inside = root.resolve(TableLayout.folder(Table.DAILY_SALES, "i1")).resolve("i1-0");
    Files.createDirectories(inside);
    Files.writeString(inside.resolve("part-0.parquet"), "half a fi");

    assertThat(store.batches(Table.INGESTS)).containsExactly("i1");
    assertThat(products()).containsExactly("a");
    append("i2", "b");
    commit("i2");
    assertThat(products()).containsExactly("a", "b");
    assertThat(filesFoundByGlob(Table.INGESTS)).hasSize(2);
  }

  @Test
  void aBatchLiesInFewSnappyFilesWhereTheLayoutSays() throws IOException {
    Dataset<Row> rows =
        Sample.of(spark, Table.DAILY_SALES, Map.of("ingest_id", "i1"))
            .drop("product_id")
            .crossJoin(spark.range(0, 5000, 1, 50).selectExpr("cast(id as string) product_id"));
    // A job's session has this setting; the tests' session does without it.
    String before = spark.conf().get(ADAPTIVE);
    spark.conf().set(ADAPTIVE, "true");
    try {
      assertThat(store.append(Table.DAILY_SALES, "i1", rows)).isEqualTo(5000);
    } finally {
      spark.conf().set(ADAPTIVE, before);
    }
    List<Path> found = filesFoundByGlob(Table.DAILY_SALES);
    assertThat(found).hasSizeBetween(1, 2);
    assertThat(found).allSatisfy(file -> assertThat(file.toString()).endsWith(".snappy.parquet"));
    assertThat(parquetType(found.get(0), "available_at")).contains("INT64", "MICROS");
  }

  private List<Path> filesFoundByGlob(Table table) throws IOException {
    PathMatcher glob =
        FileSystems.getDefault().getPathMatcher("glob:" + TableLayout.allFiles(table));
    return parquetFiles(root).stream().filter(f -> glob.matches(root.relativize(f))).toList();
  }

  private static List<Path> parquetFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private String parquetType(Path file, String column) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()),
                spark.sessionState().newHadoopConf()))) {
      return reader
          .getFileMetaData()
          .getSchema()
          .getType(column)
          .toString()
          .toUpperCase(Locale.ROOT);
    }
  }
}
