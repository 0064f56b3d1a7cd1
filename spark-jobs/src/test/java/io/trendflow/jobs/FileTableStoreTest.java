package io.trendflow.jobs;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedSpark.class)
class FileTableStoreTest {
  private Path root;
  private SparkSession spark;
  private FileTableStore store;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path temp) {
    this.spark = spark;
    root = temp.resolve("a [störe]* {1}");
    store = new FileTableStore(spark, root.toString());
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void anEmptyStoreHasEveryTableWithoutRows(Table table) {
    assertThat(store.read(table).columns()).isEqualTo(SparkSchemas.of(table).fieldNames());
    assertThat(store.read(table).collectAsList()).isEmpty();
  }

  @Test
  void aBatchIsInvisibleUntilItIsCommitted() {
    assertThat(append("i1", "a", "b")).isEqualTo(2);
    assertThat(products()).isEmpty();
    assertThat(store.isCommitted(Table.INGESTS, "i1")).isFalse();
    assertThat(store.read(Table.DAILY_SALES, "i1").count()).isEqualTo(2);

    commit("i1");

    assertThat(products()).containsExactly("a", "b");
    assertThat(store.isCommitted(Table.INGESTS, "i1")).isTrue();
    assertThat(store.batches(Table.INGESTS)).containsExactly("i1");
  }

  @Test
  void anUncommittedBatchIsReplacedAndACommittedOneNeverTouched() {
    append("i1", "a", "b");
    append("i1", "c");
    commit("i1");
    assertThat(products()).containsExactly("c");

    assertThatIllegalStateException()
        .isThrownBy(() -> append("i1", "d"))
        .withMessage("Batch i1 is in quality.ingests and never changes.");
    assertThatIllegalStateException().isThrownBy(() -> commit("i1"));
    assertThat(products()).containsExactly("c");
  }

  @Test
  void aSupersededIngestIsInvisibleInAllItsTables() {
    append("i1", "a");
    commit("i1");
    append("i2", "b");
    commit("i2", "i1");
    append("i3", "c");
    commit("i3", "i2");

    assertThat(products()).containsExactly("c");
    assertThat(store.batches(Table.INGESTS)).containsExactly("i3");
    assertThat(store.read(Table.INGESTS).count()).isEqualTo(1);
    assertThat(store.isCommitted(Table.INGESTS, "i1")).isTrue();
    assertThat(store.read(Table.DAILY_SALES, List.of("i1", "i2")).count()).isEqualTo(2);
  }

  @Test
  void aRetractedRunStaysReadable() {
    store.append(Table.SCORES, "r1", Sample.of(spark, Table.SCORES, Map.of("run_id", "r1")));
    store.commit(
        Table.RUNS, "r1", Sample.of(spark, Table.RUNS, Map.of("run_id", "r1", "retracted", true)));
    assertThat(store.read(Table.SCORES).count()).isEqualTo(1);
    assertThat(store.read(Table.RUNS).count()).isEqualTo(1);
  }

  @Test
  void theEventsOfAModelAreBatchesOfTheirOwn() {
    store.append(
        Table.BACKTEST, "b1", Sample.of(spark, Table.BACKTEST, Map.of("backtest_id", "b1")));
    assertThat(store.read(Table.BACKTEST).count()).isZero();
    commitEvent("b1", "backtested");
    Instant at = Instant.parse("2011-08-31T12:00:00.123456Z");
    String promoted = TableLayout.event("b1", "promoted", at);
    assertThat(promoted).isEqualTo("b1-promoted-20110831T120000.123456Z");
    commitEvent(promoted, "promoted");

    assertThat(store.read(Table.BACKTEST).count()).isEqualTo(1);
    assertThat(store.read(Table.MODELS).select("event").as(Encoders.STRING()).collectAsList())
        .containsExactlyInAnyOrder("backtested", "promoted");
    assertThat(store.isCommitted(Table.MODELS, "b1")).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> commitEvent(promoted, "promoted"));
  }

  @Test
  void valuesComeBackAsTheyWere() {
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
  void listsAndRecordsComeBackAsTheyWere() {
    Row source = RowFactory.create("shop", "sales", LocalDate.parse("1969-12-31"), null);
    Map<String, Object> given =
        Map.of("ingest_id", "i1", "sources", List.of(source), "supersedes", List.of("i0", "é"));
    store.commit(Table.INGESTS, "i1", Sample.of(spark, Table.INGESTS, given));
    Row row = store.read(Table.INGESTS).head();
    assertThat(row.getList(row.fieldIndex("sources"))).containsExactly(source);
    assertThat(row.<String>getList(row.fieldIndex("supersedes"))).containsExactly("i0", "é");
    assertThat(row.getList(row.fieldIndex("files"))).isEmpty();
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
        .withMessage("A batch is committed by one row of quality.ingests, not by 2.");
    assertThat(store.isCommitted(Table.INGESTS, "i1")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.commit(Table.SCORES, "r1", spark.emptyDataFrame()))
        .withMessage("prediction.scores is no commit table.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.append(Table.RUNS, "r1", spark.emptyDataFrame()))
        .withMessage("prediction.runs is written by commit.");
    assertThat(parquetFiles(root)).isEmpty();
  }

  @Test
  void aBatchIdIsAPlainName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> append("../x", "a"))
        .withMessage("Batch id \"../x\" must be letters, digits, '.', '_' and '-'.");
  }

  @Test
  void aBatchWithoutRowsIsCommittedToo() {
    Dataset<Row> none = Sample.of(spark, Table.DAILY_SALES, Map.of()).where("false");
    assertThat(store.append(Table.DAILY_SALES, "i1", none)).isZero();
    commit("i1");
    append("i2", "a");
    commit("i2");
    assertThat(products()).containsExactly("a");
  }

  @Test
  void whatADeadJobLeftBehindIsHarmless() throws IOException {
    append("i1", "a");
    commit("i1");
    // Killed while writing, and killed after a rename that lost to another writer's.
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
    assertThat(store.append(Table.DAILY_SALES, "i1", rows)).isEqualTo(5000);
    List<Path> found = filesFoundByGlob(Table.DAILY_SALES);
    assertThat(found).hasSizeBetween(1, 2);
    assertThat(found).allSatisfy(file -> assertThat(file.toString()).endsWith(".snappy.parquet"));
    assertThat(parquetType(found.get(0), "available_at")).contains("INT64", "MICROS");
  }

  @Test
  void writersOfTheSameBatchAtTheSameTimeLeaveOneWholeBatch() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      writers.add(
          () -> {
            try {
              append("i1", "a", "b", "c");
              commit("i1");
              return true;
            } catch (IllegalStateException e) {
              assertThat(e).hasMessage("Batch i1 is in quality.ingests and never changes.");
              return false;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Boolean> won = new ArrayList<>();
    for (Future<Boolean> result : threads.invokeAll(writers)) {
      won.add(result.get());
    }
    threads.shutdown();
    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(products()).containsExactly("a", "b", "c");
    assertThat(store.read(Table.INGESTS).count()).isEqualTo(1);
  }

  private long append(String batchId, Object... products) {
    return store.append(
        Table.DAILY_SALES,
        batchId,
        Sample.batch(spark, Table.DAILY_SALES, batchId, "product_id", products));
  }

  private void commit(String batchId, Object... superseded) {
    store.commit(
        Table.INGESTS,
        batchId,
        Sample.of(
            spark,
            Table.INGESTS,
            Map.of("ingest_id", batchId, "supersedes", Arrays.asList(superseded))));
  }

  private void commitEvent(String batchId, String event) {
    store.commit(
        Table.MODELS,
        batchId,
        Sample.of(spark, Table.MODELS, Map.of("backtest_id", "b1", "event", event)));
  }

  private List<String> products() {
    return store
        .read(Table.DAILY_SALES)
        .select("product_id")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
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
