package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The contract of every store of tables. */
interface TableStoreContract {
  /** The tables that a test needs; without it {@code ingests} and {@code daily_sales}. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Tables {
    /** Returns the tables; none means every table. */
    Table[] value() default {};
  }

  SparkSession spark();

  /** Returns a store that was empty before the test. */
  TableStore store();

  /** Opens the same store as another job does. */
  TableStore opened();

  @Test
  @Tables
  default void anEmptyStoreHasEveryTableWithoutRows() {
    for (Table table : Table.values()) {
      assertThat(store().read(table).columns()).isEqualTo(SparkSchemas.of(table).fieldNames());
      assertThat(store().read(table).collectAsList()).isEmpty();
    }
  }

  @Test
  default void aBatchIsInvisibleUntilItIsCommitted() {
    assertThat(append("i1", "a", "b")).isEqualTo(2);
    assertThat(products()).isEmpty();
    assertThat(store().isCommitted(Table.INGESTS, "i1")).isFalse();
    assertThat(store().read(Table.DAILY_SALES, "i1").count()).isEqualTo(2);

    commit("i1");

    assertThat(products()).containsExactly("a", "b");
    assertThat(store().isCommitted(Table.INGESTS, "i1")).isTrue();
    assertThat(store().batches(Table.INGESTS)).containsExactly("i1");
  }

  @Test
  default void anUncommittedBatchIsReplacedAndACommittedOneNeverTouched() {
    append("i1", "a", "b");
    append("i1", "c");
    commit("i1");
    assertThat(products()).containsExactly("c");

    assertThatIllegalStateException()
        .isThrownBy(() -> append("i1", "d"))
        .withMessage("Batch i1 is already committed to quality.ingests.");
    assertThatIllegalStateException().isThrownBy(() -> commit("i1"));
    assertThat(products()).containsExactly("c");
  }

  @Test
  default void aSupersededIngestIsInvisibleInAllItsTables() {
    append("i1", "a");
    commit("i1");
    append("i2", "b");
    commit("i2", "i1");
    append("i3", "c");
    commit("i3", "i2");

    assertThat(products()).containsExactly("c");
    assertThat(store().batches(Table.INGESTS)).containsExactly("i3");
    assertThat(store().read(Table.INGESTS).count()).isEqualTo(1);
    assertThat(store().isCommitted(Table.INGESTS, "i1")).isTrue();
    assertThat(store().read(Table.DAILY_SALES, List.of("i1", "i2")).count()).isEqualTo(2);
  }

  @Test
  @Tables({Table.MODELS, Table.BACKTEST})
  default void theEventsOfAModelAreBatchesOfTheirOwn() {
    store()
        .append(
            Table.BACKTEST, "b1", Sample.of(spark(), Table.BACKTEST, Map.of("backtest_id", "b1")));
    assertThat(store().read(Table.BACKTEST).count()).isZero();
    commitEvent("b1", Map.of("event", "backtested"));
    Instant at = Instant.parse("2011-08-31T12:00:00.123456Z");
    String promoted = TableLayout.event("b1", "promoted", at);
    assertThat(promoted).isEqualTo("b1-promoted-20110831T120000.123456Z");
    commitEvent(promoted, Map.of("event", "promoted", "changed_at", at));

    assertThat(store().read(Table.BACKTEST).count()).isEqualTo(1);
    assertThat(store().read(Table.MODELS).select("event").as(Encoders.STRING()).collectAsList())
        .containsExactlyInAnyOrder("backtested", "promoted");
    assertThat(store().isCommitted(Table.MODELS, "b1")).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> commitEvent(promoted, Map.of("event", "promoted", "changed_at", at)));
  }

  @Test
  default void listsAndRecordsComeBackAsTheyWere() {
    Row source = RowFactory.create("shop", "sales", LocalDate.parse("1969-12-31"), null);
    Map<String, Object> given =
        Map.of("ingest_id", "i1", "sources", List.of(source), "supersedes", List.of("i0", "é"));
    store().commit(Table.INGESTS, "i1", Sample.of(spark(), Table.INGESTS, given));
    Row row = store().read(Table.INGESTS).head();
    assertThat(row.getList(row.fieldIndex("sources"))).containsExactly(source);
    assertThat(row.<String>getList(row.fieldIndex("supersedes"))).containsExactly("i0", "é");
    assertThat(row.getList(row.fieldIndex("files"))).isEmpty();
  }

  @Test
  default void aBatchWithoutRowsIsCommittedToo() {
    Dataset<Row> none = Sample.of(spark(), Table.DAILY_SALES, Map.of()).where("false");
    assertThat(store().append(Table.DAILY_SALES, "i1", none)).isZero();
    commit("i1");
    append("i2", "a");
    commit("i2");
    assertThat(products()).containsExactly("a");
  }

  @Test
  default void writersOfTheSameBatchAtTheSameTimeLeaveOneWholeBatch() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writers.add(
          () -> {
            TableStore own = opened();
            try {
              append(own, "i1", "a", "b", "c");
              commit(own, "i1");
              return true;
            } catch (IllegalStateException e) {
              assertThat(e).hasMessage("Batch i1 is already committed to quality.ingests.");
              return false;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Boolean> won = new ArrayList<>();
    for (Future<Boolean> result : threads.invokeAll(writers)) {
      won.add(result.get());
    }
    threads.shutdown();
    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(products()).containsExactly("a", "b", "c");
    assertThat(store().read(Table.INGESTS).count()).isEqualTo(1);
  }

  @Test
  @Tables({Table.RUNS, Table.SCORES})
  default void aRetractedRunStaysReadable() {
    store().append(Table.SCORES, "r1", Sample.of(spark(), Table.SCORES, Map.of("run_id", "r1")));
    store().commit(Table.RUNS, "r1", Sample.of(spark(), Table.RUNS, Map.of("run_id", "r1")));
    Instant at = Instant.parse("2011-09-02T12:00:00.5Z");
    String retraction = TableLayout.event("r1", "retracted", at);
    store()
        .commit(
            Table.RUNS,
            retraction,
            Sample.of(
                spark(),
                Table.RUNS,
                Map.of("run_id", "r1", "retracted", true, "published_at", at)));
    assertThat(store().read(Table.SCORES).count()).isEqualTo(1);
    assertThat(store().read(Table.RUNS).count()).isEqualTo(2);
    assertThat(store().batches(Table.RUNS)).containsExactly("r1", retraction);
    assertThat(store().read(Table.RUNS, "r1").first().<Boolean>getAs("retracted")).isFalse();
  }

  @Test
  default void valuesComeBackAsTheyWere() {
    Map<String, Object> given = new HashMap<>();
    given.put("ingest_id", "i1");
    given.put("product_id", "Ünï ½ 日本 👟 \" ' \\ \n\t");
    given.put("gross_units", -0.1);
    given.put("gross_revenue", new BigDecimal("12345678901234567890123456789.123456789"));
    given.put("refunds", new BigDecimal("-0.000000001"));
    given.put("available_at", Instant.parse("2011-08-31T23:59:59.999999Z"));
    given.put("sale_date", LocalDate.parse("2012-02-29"));
    store().append(Table.DAILY_SALES, "i1", Sample.of(spark(), Table.DAILY_SALES, given));
    commit("i1");
    Row row = store().read(Table.DAILY_SALES, "i1").head();
    given.forEach((name, value) -> assertThat(row.<Object>getAs(name)).isEqualTo(value));
    assertThat(row.<Object>getAs("orders")).isNull();
  }

  @Test
  @Tables({Table.INGESTS, Table.SIGNALS})
  default void timesAtTheBordersOfDaysStayOnTheirSide() {
    Object[] times = {
      Instant.parse("1969-12-31T23:59:59.999999Z"),
      Instant.EPOCH,
      Instant.parse("2026-03-29T01:00:00Z"),
      Instant.parse("2026-10-25T00:59:59.999999Z")
    };
    store()
        .append(
            Table.SIGNALS, "i1", Sample.batch(spark(), Table.SIGNALS, "i1", "available_at", times));
    commit("i1");
    assertThat(
            store().read(Table.SIGNALS).orderBy("available_at").collectAsList().stream()
                .map(row -> row.<Object>getAs("available_at")))
        .containsExactly(times);
    assertThat(
            store().read(Table.SIGNALS).filter(lit(Instant.EPOCH).leq(col("available_at"))).count())
        .isEqualTo(3);
  }

  @Test
  default void rowsThatBreakTheContractAreRefused() {
    Dataset<Row> rows =
        Sample.of(spark(), Table.DAILY_SALES, Map.of("ingest_id", "i1"))
            .withColumn("market", lit(null).cast("string"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().append(Table.DAILY_SALES, "i1", rows))
        .withMessage(
            "sales_history.daily_sales can't be written:"
                + " market lacks a required value in 1 of 1 rows.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                store()
                    .commit(
                        Table.INGESTS,
                        "i1",
                        Sample.batch(spark(), Table.INGESTS, "i1", "read", 1L, 2L)))
        .withMessage("A commit must be one row of quality.ingests, but has 2.");
    assertThat(store().isCommitted(Table.INGESTS, "i1")).isFalse();
  }

  /** 12 MB: BigQuery takes rows in requests of 1 MB. */
  @Test
  default void manyRowsComeBackOnce() {
    int many = 30_000;
    Dataset<Row> rows =
        Sample.of(spark(), Table.DAILY_SALES, Map.of("ingest_id", "i1"))
            .drop("product_id")
            .crossJoin(
                spark()
                    .range(0, many, 1, 4)
                    .selectExpr("concat(id, repeat('x', 300)) as product_id"));
    assertThat(store().append(Table.DAILY_SALES, "i1", rows)).isEqualTo(many);
    commit("i1");
    Dataset<Row> read = store().read(Table.DAILY_SALES);
    assertThat(read.count()).isEqualTo(many);
    assertThat(read.select("product_id").distinct().count()).isEqualTo(many);
  }

  @Test
  default void whatNobodySeesIsRemovedHoweverOften() {
    append("i1", "a");
    commit("i1");
    append("i2", "b");
    commit("i2", "i1");
    append("i3", "c");
    TableStore later = opened();
    for (int i = 0; i < 2; i++) {
      later.purge(Table.DAILY_SALES, "i1");
    }
    assertThat(later.read(Table.DAILY_SALES, "i1").count()).isZero();
    assertThat(later.isCommitted(Table.INGESTS, "i1")).isTrue();

    Instant soon = Instant.now().plusSeconds(60);
    assertThat(later.leftovers(soon.minus(Duration.ofHours(1)))).isEmpty();
    List<TableStore.Leftover> leftovers = later.leftovers(soon);
    assertThat(leftovers).isNotEmpty();
    for (int i = 0; i < 2; i++) {
      leftovers.forEach(later::remove);
    }
    assertThat(later.leftovers(soon)).isEmpty();
    assertThat(products()).containsExactly("b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> later.purge(Table.INGESTS, "i1"))
        .withMessage("quality.ingests is a commit table: its rows can't be removed.");
  }

  default long append(String batchId, Object... products) {
    return append(store(), batchId, products);
  }

  private long append(TableStore to, String batchId, Object... products) {
    return to.append(
        Table.DAILY_SALES,
        batchId,
        Sample.batch(spark(), Table.DAILY_SALES, batchId, "product_id", products));
  }

  default void commit(String batchId, Object... superseded) {
    commit(store(), batchId, superseded);
  }

  private void commit(TableStore to, String batchId, Object... superseded) {
    to.commit(
        Table.INGESTS,
        batchId,
        Sample.of(
            spark(),
            Table.INGESTS,
            Map.of("ingest_id", batchId, "supersedes", Arrays.asList(superseded))));
  }

  default void commitEvent(String batchId, Map<String, Object> event) {
    Map<String, Object> given = new HashMap<>(event);
    given.put("backtest_id", "b1");
    store().commit(Table.MODELS, batchId, Sample.of(spark(), Table.MODELS, given));
  }

  default List<String> products() {
    return store()
        .read(Table.DAILY_SALES)
        .select("product_id")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }
}
