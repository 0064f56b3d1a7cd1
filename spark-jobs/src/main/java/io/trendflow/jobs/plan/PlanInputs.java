package io.trendflow.jobs.plan;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.model.UnitQuantiles;
import io.trendflow.model.order.FurtherHorizon;
import io.trendflow.model.order.OrderCandidate;
import io.trendflow.model.order.OrderTerms;
import io.trendflow.model.order.PredictedDemand;
import io.trendflow.model.order.StockPosition;
import io.trendflow.schemas.MarketNames;
import io.trendflow.schemas.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.jspecify.annotations.Nullable;

/** Reads what a run, its catalogue and its stock say about the products that can be ordered. */
public final class PlanInputs {
  private final JobContext context;
  private final String runId;
  private final LocalDate asOf;
  private final List<String> ingests;

  /**
   * Creates a reader.
   *
   * @param run row of {@code prediction.runs}
   */
  public PlanInputs(JobContext context, Row run) {
    this.context = context;
    this.runId = run.getAs("run_id");
    this.asOf = run.getAs("as_of");
    this.ingests = run.getList(run.fieldIndex("ingest_ids"));
  }

  /** Product in a market. */
  private record ProductKey(String market, String productId) {
    static ProductKey of(Row row) {
      return new ProductKey(row.getAs("market"), row.getAs("product_id"));
    }

    ProductKey everywhere() {
      return new ProductKey(MarketNames.EVERY_MARKET, productId);
    }
  }

  /**
   * Returns the scored products, the most potential first.
   *
   * @param market only market; null for all
   * @param supplier only supplier; null for all
   * @throws IllegalArgumentException if there are none, in a sentence
   */
  public List<OrderCandidate> candidates(@Nullable String market, @Nullable String supplier) {
    Dataset<Row> all = context.store().read(Table.SCORES, runId);
    List<Row> scores =
        (market == null ? all : all.where(col("market").equalTo(market)))
            .orderBy(col("potential").desc(), col("product_id"), col("market"))
            .collectAsList();
    if (scores.isEmpty()) {
      List<String> markets =
          all.select("market").distinct().orderBy("market").collectAsList().stream()
              .map(row -> row.getString(0))
              .toList();
      throw new IllegalArgumentException(
          "--market is %s, but run %s has scores of: %s."
              .formatted(market, runId, String.join(", ", markets)));
    }
    Map<ProductKey, Row> entries = entries();
    Map<ProductKey, StockPosition> stocks = stocks();
    List<OrderCandidate> candidates = new ArrayList<>();
    for (Row score : scores) {
      ProductKey key = ProductKey.of(score);
      OrderTerms terms = terms(score, later(entries.get(key), entries.get(key.everywhere())));
      if (supplier == null || supplier.equals(terms.supplier())) {
        StockPosition stock =
            stocks
                .getOrDefault(key, StockPosition.UNKNOWN)
                .plus(stocks.getOrDefault(key.everywhere(), StockPosition.UNKNOWN));
        candidates.add(
            OrderCandidate.of(predicted(score), terms, stock, context.config().decide()));
      }
    }
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "--supplier is %s, but no scored product has this supplier in the catalogue."
              .formatted(supplier));
    }
    return candidates;
  }

  /** Returns the latest entry of each product that was known at the run's day. */
  private Map<ProductKey, Row> entries() {
    Map<ProductKey, Row> entries = new HashMap<>();
    latest(known(Table.CATALOG), "available_at", "market", "product_id")
        .collectAsList()
        .forEach(row -> entries.put(ProductKey.of(row), row));
    return entries;
  }

  /** Returns the latest stock of each product, its sources added up. */
  private Map<ProductKey, StockPosition> stocks() {
    Dataset<Row> recent =
        known(Table.STOCK_LEVELS)
            .where(col("stock_date").geq(lit(asOf.minusDays(StockPosition.CURRENT_DAYS))));
    Dataset<Row> ofSources =
        latest(
            latest(recent, "available_at", "source", "market", "product_id", "stock_date"),
            "stock_date",
            "source",
            "market",
            "product_id");
    Map<ProductKey, StockPosition> stocks = new HashMap<>();
    ofSources
        .groupBy("market", "product_id")
        .agg(
            sum(coalesce(col("on_hand"), lit(0.0))).as("on_hand"),
            sum(coalesce(col("on_order"), lit(0.0))).as("on_order"))
        .collectAsList()
        .forEach(
            row ->
                stocks.put(
                    ProductKey.of(row),
                    new StockPosition(
                        row.<Double>getAs("on_hand"), row.<Double>getAs("on_order"))));
    return stocks;
  }

  private Dataset<Row> known(Table table) {
    Instant end = asOf.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return context.store().read(table, ingests).where(col("available_at").leq(lit(end)));
  }

  private static Dataset<Row> latest(Dataset<Row> rows, String by, String... key) {
    Column[] columns = Stream.of(key).map(name -> col(name)).toArray(Column[]::new);
    return rows.withColumn(
            "nth", row_number().over(Window.partitionBy(columns).orderBy(col(by).desc())))
        .where(col("nth").equalTo(1))
        .drop("nth");
  }

  private static @Nullable Row later(@Nullable Row own, @Nullable Row every) {
    if (own == null || every == null) {
      return own == null ? every : own;
    }
    return every.<Instant>getAs("available_at").isAfter(own.getAs("available_at")) ? every : own;
  }

  private static PredictedDemand predicted(Row score) {
    return new PredictedDemand(
        score.getAs("market"),
        score.getAs("product_id"),
        score.getAs("name"),
        score.getAs("category"),
        score.getAs("as_of"),
        score.getAs("horizon_start"),
        Math.toIntExact(score.<Long>getAs("horizon_days")),
        score.<Double>getAs("expected_units"),
        quantiles(score),
        list(score, "weekly_units"),
        PlanInputs.<Row>list(score, "further_horizons").stream().map(PlanInputs::further).toList());
  }

  /** Returns a list of a score; empty if the score was written before the column existed. */
  private static <T> List<T> list(Row score, String column) {
    int field = score.fieldIndex(column);
    return score.isNullAt(field) ? List.of() : score.getList(field);
  }

  private static FurtherHorizon further(Row further) {
    return new FurtherHorizon(
        Math.toIntExact(further.<Long>getAs("horizon_days")),
        further.<Double>getAs("expected_units"),
        Objects.requireNonNull(quantiles(further)));
  }

  /** Returns the quantiles of a score or of its further horizon; null in old scores. */
  private static @Nullable UnitQuantiles quantiles(Row row) {
    return UnitQuantiles.ofKnown(
        UnitQuantiles.columns().stream()
            .<@Nullable Double>map(column -> row.getAs(column))
            .toList());
  }

  private static OrderTerms terms(Row score, @Nullable Row entry) {
    return new OrderTerms(
        amount(score, "price"),
        score.getAs("currency"),
        entry == null ? null : amount(entry, "unit_cost"),
        entry == null ? null : entry.<@Nullable Double>getAs("salvage_rate"),
        entry == null ? null : entry.<@Nullable Long>getAs("lead_time_days"),
        entry == null ? null : entry.<@Nullable Long>getAs("moq"),
        entry == null ? null : entry.<@Nullable Long>getAs("pack_size"),
        entry == null ? null : entry.<@Nullable String>getAs("supplier"));
  }

  private static @Nullable Double amount(Row row, String column) {
    BigDecimal amount = row.getAs(column);
    return amount == null ? null : amount.doubleValue();
  }
}
