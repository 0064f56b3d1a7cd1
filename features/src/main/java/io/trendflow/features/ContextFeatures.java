package io.trendflow.features;

import static java.util.Map.entry;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.trendflow.history.HorizonWeeks;
import io.trendflow.history.Lifecycle;
import io.trendflow.history.ProductState;
import io.trendflow.schemas.FeatureFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Features of the product's category and market, and of comparable launches. They aggregate the
 * product rows of a cutoff and therefore use only what was known at the cutoff.
 */
final class ContextFeatures {
  /** Columns of the product rows that are added up or become baselines; null if unknown. */
  static final List<String> AMOUNTS =
      List.of(
          "own_units_28",
          "own_units_84",
          "own_orders_7",
          "own_orders_28",
          "own_orders_84",
          "own_year_ago_last_orders",
          "last_horizon_units",
          "mean_84_units",
          "last_year_units",
          "own_year_ago_last_units",
          "own_price",
          "own_launch_units");

  /** Fewest past launches of a category whose mean predicts its next launch. */
  private static final int COMPARABLE_LAUNCHES = 5;

  static final List<FeatureSpec> SPECS =
      List.of(
          ratio(
              "category_momentum",
              FeatureFamily.PRODUCT,
              "Units of the category in the last 28 days against a third of the last 84 days."),
          ratio(
              "category_year_ago_growth",
              FeatureFamily.HISTORY,
              "Units of the category a year earlier: the horizon's days against as many days up to the cutoff."),
          ratio(
              "market_momentum",
              FeatureFamily.PRODUCT,
              "Units of the market in the last 28 days against a third of the last 84 days."),
          ratio(
              "market_year_ago_growth",
              FeatureFamily.HISTORY,
              "Units of the market a year earlier: the horizon's days against as many days up to the cutoff."),
          ratio(
              "market_orders_7_vs_28",
              FeatureFamily.HISTORY,
              "Orders of the market in the last 7 days against a quarter of the last 28 days."),
          ratio(
              "market_orders_28_vs_84",
              FeatureFamily.HISTORY,
              "Orders of the market in the last 28 days against a third of the last 84 days."),
          ratio(
              "market_orders_vs_year_ago",
              FeatureFamily.HISTORY,
              "Orders of the market in the last 28 days against a year earlier."),
          ratio(
              "price_vs_category",
              FeatureFamily.PRICE,
              "Price against the median price of the category."),
          FeatureSpec.numeric(
              "category_units_28",
              FeatureFamily.PRODUCT,
              "log(1 + units)",
              "Mean units of the category's products in the last 28 days."),
          FeatureSpec.numeric(
              "comparable_launch_units",
              FeatureFamily.LAUNCHES,
              "log(1 + units)",
              "Mean units of comparable past launches in their first horizon days, winsorised at 95 %: launches of the category if it has at least 5, otherwise of the market."),
          FeatureSpec.numeric(
              "comparable_launches",
              FeatureFamily.LAUNCHES,
              "log(1 + launches)",
              "Number of launches of the category whose first horizon days are known."));

  private ContextFeatures() {}

  private static FeatureSpec ratio(String name, FeatureFamily family, String description) {
    return FeatureSpec.numeric(name, family, "log ratio", description);
  }

  /** Returns the values of {@link #AMOUNTS} in their order; NaN if unknown. */
  static List<Double> amounts(ProductState product) {
    boolean sold = !product.neverSold();
    return List.of(
        product.units(28),
        product.units(84),
        product.orders(7, 0),
        product.orders(28, 0),
        product.orders(84, 0),
        product.yearAgoLastOrders(),
        sold ? product.units(product.horizon) : Double.NaN,
        product.meanUnits(),
        sold ? product.yearAgoUnits() : Double.NaN,
        product.yearAgoLastUnits(),
        product.currentPrice(),
        product.launchUnits());
  }

  /** Adds the features, the price, the baselines and the shares of weeks to the product rows. */
  static Dataset<Row> add(Dataset<Row> products, int horizonDays) {
    HorizonWeeks weeks = new HorizonWeeks(horizonDays);
    Dataset<Row> rows = products.withColumn("category_key", coalesce(col("category"), lit("")));
    String[] market = {"cutoff", "market"};
    String[] category = {"cutoff", "market", "category_key"};
    return rows.join(broadcast(group(rows, weeks, "market", market)), market, "left")
        .join(broadcast(group(rows, weeks, "category", category)), category, "left")
        .withColumns(DERIVED);
  }

  /** Returns the totals and launches of each group. Both are partitioned by the group already. */
  private static Dataset<Row> group(
      Dataset<Row> rows, HorizonWeeks weeks, String prefix, String... keys) {
    return totals(rows, weeks, prefix, keys)
        .join(launches(rows, weeks, prefix, keys).hint("merge"), keys, "left")
        .withColumns(
            Map.of(
                prefix + "_season_shares",
                WeekShares.season(
                    col(prefix + "_year_ago_weeks"), col(prefix + "_last_weeks"), weeks),
                prefix + "_launch_shares",
                WeekShares.launch(
                    col(prefix + "_launch_weeks"),
                    col(prefix + "_launch_spread"),
                    coalesce(col(prefix + "_launches"), lit(0L)),
                    weeks)));
  }

  private static Dataset<Row> totals(
      Dataset<Row> rows, HorizonWeeks weeks, String prefix, String... keys) {
    return rows.groupBy(columns(keys))
        .agg(
            sumWith("own_units_28", "own_units_84").as(prefix + "_28"),
            sumWith("own_units_84", "own_units_28").as(prefix + "_84"),
            sumWith("last_year_units", "own_year_ago_last_units").as(prefix + "_year_ago"),
            sumWith("own_year_ago_last_units", "last_year_units").as(prefix + "_year_ago_last"),
            sum("own_orders_7").as(prefix + "_orders_7"),
            sum("own_orders_28").as(prefix + "_orders_28"),
            sum("own_orders_84").as(prefix + "_orders_84"),
            sumWith("own_orders_28", "own_year_ago_last_orders").as(prefix + "_orders_now"),
            sumWith("own_year_ago_last_orders", "own_orders_28").as(prefix + "_orders_year_ago"),
            avg(when(col("own_units_84").gt(0), col("own_units_28"))).as(prefix + "_mean_28"),
            expr("percentile(own_price, 0.5)").as(prefix + "_price"),
            WeekShares.sums("own_year_ago_weeks", weeks.count()).as(prefix + "_year_ago_weeks"),
            WeekShares.sums("recent_weekly_units", ProductRows.RECENT_WEEKS)
                .as(prefix + "_last_weeks"));
  }

  /** Returns the sum over the products that have both amounts: a ratio compares like with like. */
  private static Column sumWith(String amount, String other) {
    return sum(when(col(other).isNotNull(), col(amount)));
  }

  /**
   * Returns the mean and the number of the launches of a group, each capped at the group's 95 %
   * quantile.
   */
  private static Dataset<Row> launches(
      Dataset<Row> rows, HorizonWeeks weeks, String prefix, String... keys) {
    Column cap = expr("percentile(own_launch_units, 0.95)").over(Window.partitionBy(columns(keys)));
    return rows.filter(col("own_launch_units").isNotNull())
        .withColumn("capped", least(col("own_launch_units"), cap))
        .groupBy(columns(keys))
        .agg(
            avg("capped").as(prefix + "_launch_mean"),
            count(lit(1)).as(prefix + "_launches"),
            WeekShares.means("own_launch_weeks", weeks.count()).as(prefix + "_launch_weeks"),
            WeekShares.variances("own_launch_weeks", weeks.count()).as(prefix + "_launch_spread"));
  }

  private static Column launchMean() {
    return when(col("category_launches").geq(COMPARABLE_LAUNCHES), col("category_launch_mean"))
        .otherwise(col("market_launch_mean"));
  }

  private static final Map<String, Column> DERIVED =
      Map.ofEntries(
          entry("category_momentum", logRatio(col("category_28"), col("category_84").divide(3))),
          entry("market_momentum", logRatio(col("market_28"), col("market_84").divide(3))),
          entry(
              "market_orders_7_vs_28",
              logRatio(col("market_orders_7"), col("market_orders_28").divide(4))),
          entry(
              "market_orders_28_vs_84",
              logRatio(col("market_orders_28"), col("market_orders_84").divide(3))),
          entry(
              "market_orders_vs_year_ago",
              logRatio(col("market_orders_now"), col("market_orders_year_ago"))),
          entry(
              "category_year_ago_growth",
              logRatio(col("category_year_ago"), col("category_year_ago_last"))),
          entry(
              "market_year_ago_growth",
              logRatio(col("market_year_ago"), col("market_year_ago_last"))),
          entry("price_vs_category", log(col("own_price").divide(col("category_price")))),
          entry("category_units_28", log1p(col("category_mean_28"))),
          entry("comparable_launch_units", log1p(launchMean())),
          entry("comparable_launches", log1p(coalesce(col("category_launches"), lit(0)))),
          entry("category_launch_units", launchMean()),
          entry(
              "week_shares",
              when(startsWithLaunch(), col("market_launch_shares"))
                  .otherwise(col("market_season_shares"))),
          entry("baseline_units", coalesce(col("mean_84_units"), launchMean(), lit(0.0))),
          entry(
              "price_assumed",
              col("own_price")
                  .isNull()
                  .and(coalesce(col("category_price"), col("market_price")).isNotNull())),
          entry("price", coalesce(col("own_price"), col("category_price"), col("market_price"))));

  /** Returns whether a row's horizon begins with the product's launch. */
  private static Column startsWithLaunch() {
    return col("lifecycle").isin(Lifecycle.LAUNCH.label(), Lifecycle.DELAYED.label());
  }

  private static Column logRatio(Column above, Column below) {
    return log(above.plus(1).divide(below.plus(1)));
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }
}
