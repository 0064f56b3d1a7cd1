package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.Sample;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class PlanCommandTest {
  private static final LocalDate AS_OF = LocalDate.parse("2026-06-30");
  private static final Instant KNOWN = Instant.parse("2026-06-29T12:00:00Z");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private SparkSession spark;
  private JobContext context;
  private Path folder;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
    JobConfig config =
        JobConfig.load(
            SampleShop.CONFIG, Map.of(), List.of("store.path=" + folder.resolve("store")));
    context =
        JobContext.open(
            spark,
            config,
            new JobProgress("test", new PrintStream(printed, true, StandardCharsets.UTF_8)),
            Clock.systemUTC());
  }

  @Test
  void aPlanIsWrittenOnceAndKeepsItsBudget() {
    publish();
    PlanCommand.Limits limits = limits("uk", null, 100.0);
    String out = folder.resolve("plan.xlsx").toString();
    PlanCommand.Result plan = PlanCommand.run(context, limits, out, false);
    assertThat(plan.alreadyDone()).isFalse();
    assertThat(plan.orderCost()).isBetween(1.0, 100.0);
    assertThat(Files.exists(Path.of(out))).isTrue();
    List<Row> orders = context.store().read(Table.ORDERS).collectAsList();
    assertThat(orders).hasSize(plan.orders());
    assertThat(orders.stream().mapToDouble(row -> row.<Double>getAs("order_cost")).sum())
        .isCloseTo(plan.orderCost(), within(1e-9));
    Row committed = context.store().read(Table.PLANS).first();
    assertThat(committed.<String>getAs("plan_id")).isEqualTo(plan.planId());
    assertThat(committed.<Double>getAs("budget")).isEqualTo(100.0);
    assertThat(committed.<String>getAs("currency")).isEqualTo("GBP");
    assertThat(PlanCommand.run(context, limits, null, false).alreadyDone()).isTrue();
    assertThat(PlanCommand.run(context, limits, null, true).planId()).isNotEqualTo(plan.planId());
  }

  @Test
  void theLatestKnownTermsAndStockCount() {
    publish();
    PlanCommand.run(context, limits("uk", null, null), null, false);
    Map<String, Row> orders =
        context.store().read(Table.ORDERS).collectAsList().stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("product_id"), row -> row));
    assertThat(orders).containsOnlyKeys("mug", "jug");
    Row mug = Objects.requireNonNull(orders.get("mug"));
    Row jug = Objects.requireNonNull(orders.get("jug"));
    // Median 20, price 10, cost 5, no leftover value: the critical ratio is a half.
    assertThat(mug.<Long>getAs("order_units")).isEqualTo(20);
    assertThat(mug.<String>getAs("supplier")).isEqualTo("Acme");
    // 12 on hand and 3 on order leave 5, and the pack has 4.
    assertThat(jug.<Long>getAs("order_units")).isIn(4L, 8L);
    assertThat(jug.<Double>getAs("on_hand")).isEqualTo(12);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("1 products have no order quantity: map unit_cost in a source of kind catalog")
        .contains("1 products are not ordered, because their unit_cost is not below their price");
  }

  /** The critical ratio of both is a half. */
  @Test
  void anOrderOfALongLeadTimeHasTheUnitsOfItsOwnHorizon() {
    Map<String, Object> terms = Map.of("unit_cost", new BigDecimal("5"), "lead_time_days", 49L);
    publish(
        score("uk", "mug", Map.of("further_horizons", new Row[] {further(56, 46)}))
            .union(score("uk", "jug", Map.of())),
        entry("mug", KNOWN, terms).union(entry("jug", KNOWN, terms)));
    assertThat(orderedUnits(context)).isEqualTo(Map.of("mug", 46L, "jug", 40L));
  }

  @Test
  void scoresBeforeWeeksAndFurtherHorizonsCanBeOrdered() throws IOException {
    publish(
        score("uk", "mug", Map.of()),
        entry("mug", KNOWN, Map.of("unit_cost", new BigDecimal("5"), "lead_time_days", 7L)));
    Path written = folder.resolve("store").resolve(TableLayout.folder(Table.SCORES, "r1"));
    Path old = folder.resolve("old");
    spark
        .read()
        .parquet(written.toString())
        .drop("weekly_units", "further_horizons")
        .write()
        .parquet(old.toString());
    FileUtils.deleteDirectory(written.toFile());
    FileUtils.moveDirectory(old.toFile(), written.toFile());
    assertThat(orderedUnits(context)).isEqualTo(Map.of("mug", 10L));
  }

  private static Map<String, Long> orderedUnits(JobContext context) {
    PlanCommand.run(context, limits("uk", null, null), null, false);
    return context.store().read(Table.ORDERS).collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.<String>getAs("product_id"), row -> row.<Long>getAs("order_units")));
  }

  private static Row further(long days, double median) {
    return RowFactory.create(
        days, 48.0, 18.0, 24.0, 32.0, median, 60.0, 72.0, 90.0, "model-" + days);
  }

  @Test
  void nonsenseIsRefusedWithASentence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanCommand.run(context, limits(null, null, 5.0), null, false))
        .withMessageEndingWith("has no run: run score first.");
    publish();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanCommand.run(context, limits("us", null, 5.0), null, false))
        .withMessage("--market is us, but run r1 has scores of: fr, uk.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanCommand.run(context, limits(null, null, 5.0), null, false))
        .withMessage(
            "--market is missing: the products have amounts in several currencies, EUR in fr and"
                + " GBP in uk: name one of these markets.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanCommand.run(context, limits("uk", "Nobody", 5.0), null, false))
        .withMessageStartingWith("--supplier is Nobody, but no scored product");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlanCommand.run(context, limits("uk", null, -5.0), null, false))
        .withMessageContaining("the budget is -5.0, but must be a number from 0 on");
  }

  private static PlanCommand.Limits limits(
      @Nullable String market, @Nullable String supplier, @Nullable Double budget) {
    return new PlanCommand.Limits(market, supplier, budget, Map.of(), Map.of());
  }

  private void publish() {
    Dataset<Row> scores =
        score("uk", "mug", "GBP")
            .union(score("uk", "jug", "GBP"))
            .union(score("uk", "plain", "GBP"))
            .union(score("uk", "loss", "GBP"))
            .union(score("fr", "mug", "EUR"));
    var written = context.store().append(Table.SCORES, "r1", scores);
    assertThat(written).isEqualTo(5);
    Dataset<Row> catalog =
        entry("mug", KNOWN.minusSeconds(99), Map.of("unit_cost", new BigDecimal("9")))
            .union(
                entry("mug", KNOWN, Map.of("unit_cost", new BigDecimal("5"), "supplier", "Acme")))
            .union(entry("mug", Instant.parse("2026-07-02T00:00:00Z"), Map.of()))
            .union(entry("jug", KNOWN, Map.of("unit_cost", new BigDecimal("5"), "pack_size", 4L)))
            .union(entry("loss", KNOWN, Map.of("unit_cost", new BigDecimal("11"))));
    written = context.store().append(Table.CATALOG, "i1", catalog);
    Dataset<Row> stock = stock("2026-06-28", 40).union(stock("2026-06-29", 12));
    written += context.store().append(Table.STOCK_LEVELS, "i1", stock);
    commit();
    assertThat(written).isEqualTo(7);
  }

  private void commit() {
    context
        .store()
        .commit(Table.INGESTS, "i1", Sample.of(spark, Table.INGESTS, Map.of("ingest_id", "i1")));
    context
        .store()
        .commit(
            Table.RUNS,
            "r1",
            Sample.of(
                spark,
                Table.RUNS,
                Map.of("run_id", "r1", "as_of", AS_OF, "ingest_ids", new Object[] {"i1"})));
  }

  private void publish(Dataset<Row> scores, Dataset<Row> catalog) {
    long written = context.store().append(Table.SCORES, "r1", scores);
    written += context.store().append(Table.CATALOG, "i1", catalog);
    assertThat(written).isEqualTo(scores.count() + catalog.count());
    commit();
  }

  private Dataset<Row> score(String market, String product, String currency) {
    return score(market, product, Map.of("currency", currency));
  }

  private Dataset<Row> score(String market, String product, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(Map.of("currency", "GBP"));
    values.put("run_id", "r1");
    values.put("as_of", AS_OF);
    values.put("horizon_start", AS_OF.plusDays(1));
    values.put("horizon_days", 28L);
    values.put("market", market);
    values.put("product_id", product);
    values.put("price", new BigDecimal("10"));
    values.put("expected_units", 21.0);
    values.putAll(more);
    List<Integer> levels = List.of(5, 10, 25, 50, 75, 90, 95);
    List<Double> units = List.of(8.0, 10.0, 14.0, 20.0, 26.0, 34.0, 40.0);
    for (int i = 0; i < levels.size(); i++) {
      values.put("units_q%02d".formatted(levels.get(i)), units.get(i));
    }
    return Sample.of(spark, Table.SCORES, values);
  }

  private Dataset<Row> entry(String product, Instant known, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("ingest_id", "i1");
    values.put("market", "all");
    values.put("product_id", product);
    values.put("available_at", known);
    values.put("salvage_rate", Optional.ofNullable(more.get("salvage_rate")).orElse(0.0153425));
    return Sample.of(spark, Table.CATALOG, values);
  }

  private Dataset<Row> stock(String day, double onHand) {
    return Sample.of(
        spark,
        Table.STOCK_LEVELS,
        Map.of(
            "ingest_id",
            "i1",
            "market",
            "uk",
            "product_id",
            "jug",
            "stock_date",
            LocalDate.parse(day),
            "on_hand",
            onHand,
            "on_order",
            3.0,
            "available_at",
            KNOWN));
  }
}
