package io.trendflow.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.trendflow.history.EpochTimes;
import io.trendflow.history.TrendSeries;
import io.trendflow.history.TrendSeries.Observation;
import io.trendflow.schemas.FeatureFamily;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Features of the level and movement of a product's trend series. All of them are scale-free. */
final class TrendFeatures {
  /** Feature of a single series at a cutoff. */
  private record Movement(String name, String description, ToDoubleFunction<TrendSeries> value) {}

  private static final List<Movement> MOVEMENTS =
      List.of(
          new Movement(
              "trend_level",
              "the last 4 weeks against the last 52 weeks; missing for a series of 4 weeks alone",
              TrendFeatures::level),
          new Movement(
              "trend_slope_4",
              "the last 4 weeks against the previous 4 weeks",
              s -> ratio(s, s.mean(4, 0), s.mean(8, 4))),
          new Movement(
              "trend_slope_12",
              "the last 4 weeks against the previous 12 weeks",
              s -> ratio(s, s.mean(4, 0), s.mean(16, 4))),
          new Movement(
              "trend_rise_earlier",
              "the 4 weeks before the last 4 weeks against the previous 12 weeks",
              s -> ratio(s, s.mean(8, 4), s.mean(20, 8))),
          new Movement(
              "trend_vs_year_ago",
              "the last 4 weeks against the same weeks a year earlier",
              s -> ratio(s, s.mean(4, 0), s.mean(56, 52))));

  /**
   * Movements for which the strongest series is a feature too, because one keyword can sell a
   * product.
   */
  private static final List<String> STRONGEST = List.of("trend_slope_12", "trend_rise_earlier");

  static final List<FeatureSpec> SPECS = specs();

  private static final String SEARCH_METRICS = "(?i)interest|search";

  /** Metrics of the shop itself; every metric but these counts in social networks. */
  private static final String VISIT_METRICS = "(?i)^(item_views|cart_additions|visits)$";

  private static final StructType SERIES_KEY =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("metric", DataTypes.StringType)
          .add("keyword", DataTypes.StringType)
          .add("geo", DataTypes.StringType);

  private TrendFeatures() {}

  private static List<FeatureSpec> specs() {
    List<FeatureSpec> specs = new ArrayList<>();
    for (Movement movement : MOVEMENTS) {
      specs.add(
          FeatureSpec.numeric(
              movement.name(),
              FeatureFamily.SEARCHES,
              "log ratio",
              "Mean over the product's trend series: " + movement.description() + "."));
      if (STRONGEST.contains(movement.name())) {
        specs.add(
            FeatureSpec.numeric(
                movement.name() + "_max",
                FeatureFamily.SEARCHES,
                "log ratio",
                "Maximum over the product's trend series: " + movement.description() + "."));
      }
    }
    return specs;
  }

  /**
   * Returns the log ratio. A twentieth of the year's mean is added to both values, which damps
   * noise near 0.
   */
  private static double ratio(TrendSeries series, double above, double below) {
    double damping = 0.05 * series.mean(52, 0) + 1e-9;
    return Math.log((above + damping) / (below + damping));
  }

  /**
   * Returns the level; NaN for a series of the last 4 weeks alone, which has nothing to compare
   * them with.
   */
  private static double level(TrendSeries series) {
    return series.reachesBack(4)
        ? ratio(series, series.mean(4, 0), series.mean(52, 0))
        : Double.NaN;
  }

  /** Returns the movements of every series that belongs to a product, at each cutoff. */
  static Dataset<Row> matches(
      Dataset<Row> products,
      Dataset<Row> signals,
      List<LocalDate> cutoffs,
      FeatureSettings settings) {
    return products
        .select(
            col("cutoff"),
            col("market"),
            col("product_id"),
            explode(col("matched_keywords")).as("match"))
        .select("cutoff", "market", "product_id", "match.*")
        .join(
            inMarkets(series(signals, cutoffs, settings), settings),
            new String[] {"cutoff", "market", "keyword"});
  }

  /**
   * Returns the confidence-weighted mean, and for some movements the maximum, of the series whose
   * match is confident enough; and the column trend_drivers, which names for each known feature the
   * series that moves it most: feature, source, keyword and family.
   */
  static Dataset<Row> ofProducts(Dataset<Row> matches, FeatureSettings settings) {
    List<Column> features = new ArrayList<>();
    List<Column> drivers = new ArrayList<>();
    for (Movement movement : MOVEMENTS) {
      String name = movement.name();
      Column value = col(name);
      Column weight = when(value.isNotNull(), col("confidence"));
      Column share = value.multiply(weight);
      Column mean = sum(share).divide(sum(weight));
      features.add(mean.as(name));
      drivers.add(
          driver(name, when(mean.geq(0), max(series(share))).otherwise(min(series(share)))));
      if (STRONGEST.contains(name)) {
        features.add(max(value).as(name + "_max"));
        drivers.add(driver(name + "_max", max(series(value))));
      }
    }
    features.add(array_compact(array(drivers.toArray(Column[]::new))).as("trend_drivers"));
    return matches
        .filter(col("confidence").geq(settings.keywordConfidence()))
        .groupBy("cutoff", "market", "product_id")
        .agg(features.get(0), features.subList(1, features.size()).toArray(Column[]::new));
  }

  /** Returns a series to be ordered by an amount, then by name; null if the amount is unknown. */
  private static Column series(Column amount) {
    return when(
        amount.isNotNull(),
        struct(amount.as("amount"), col("source"), col("keyword"), col("geo"), col("metric")));
  }

  private static Column driver(String feature, Column series) {
    return when(
        series.isNotNull(),
        struct(
            lit(feature).as("feature"),
            series.getField("source").as("source"),
            series.getField("keyword").as("keyword"),
            when(series.getField("metric").rlike(SEARCH_METRICS), FeatureFamily.SEARCHES.label())
                .when(series.getField("metric").rlike(VISIT_METRICS), FeatureFamily.VISITS.label())
                .otherwise(FeatureFamily.SOCIAL.label())
                .as("family")));
  }

  static Dataset<Row> productKeywords(Dataset<Row> matches) {
    return matches
        .select(
            "cutoff",
            "market",
            "product_id",
            "source",
            "keyword",
            "geo",
            "confidence",
            "matched_by")
        .distinct();
  }

  /**
   * Returns one row per series and cutoff at which the series is known: its key and its movements.
   */
  private static Dataset<Row> series(
      Dataset<Row> signals, List<LocalDate> cutoffs, FeatureSettings settings) {
    Dataset<Row> observations =
        signals.select(
            col("source"),
            col("metric"),
            col("keyword"),
            col("geo"),
            expr("unix_date(observed_on)").as("day"),
            expr("cast(unix_date(observed_on) + period_days - 1 as int)").as("last_day"),
            col("value"),
            col("pull_id"),
            expr("unix_micros(available_at)").as("available_at"));
    int[] days = cutoffs.stream().mapToInt(EpochTimes::day).toArray();
    FlatMapGroupsFunction<Row, Row, Row> movements =
        (key, rows) -> movements(key, rows, days, settings).iterator();
    return observations
        .groupBy("source", "metric", "keyword", "geo")
        .as(Encoders.row(SERIES_KEY), Encoders.row(observations.schema()))
        .flatMapGroups(movements, Encoders.row(seriesSchema()));
  }

  private static List<Row> movements(
      Row key, Iterator<Row> observations, int[] cutoffs, FeatureSettings settings) {
    List<Observation> observed = new ArrayList<>();
    observations.forEachRemaining(row -> observed.add(observation(row)));
    TrendSeries all = new TrendSeries(observed, settings.cadenceDays(key.getString(0)));
    List<Row> rows = new ArrayList<>();
    for (int cutoff : cutoffs) {
      all.at(cutoff).ifPresent(known -> rows.add(movements(key, cutoff, known)));
    }
    return rows;
  }

  private static Row movements(Row key, int cutoff, TrendSeries known) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(LocalDate.ofEpochDay(cutoff));
    values.add(key.get(0));
    values.add(key.get(1));
    values.add(key.get(2));
    values.add(key.get(3));
    for (Movement movement : MOVEMENTS) {
      double value = movement.value().applyAsDouble(known);
      values.add(Double.isFinite(value) ? value : null);
    }
    return RowFactory.create(values.toArray());
  }

  private static StructType seriesSchema() {
    StructType schema = new StructType().add("cutoff", DataTypes.DateType);
    for (StructField key : SERIES_KEY.fields()) {
      schema = schema.add(key);
    }
    for (Movement movement : MOVEMENTS) {
      schema = schema.add(movement.name(), DataTypes.DoubleType);
    }
    return schema;
  }

  /** Returns each series once for each market in which its place counts. */
  private static Dataset<Row> inMarkets(Dataset<Row> series, FeatureSettings settings) {
    List<Column> markets = new ArrayList<>();
    settings
        .trendGeos()
        .forEach(
            (market, geos) ->
                markets.add(
                    when(
                        geos.isEmpty() ? lit(true) : col("geo").isin(geos.toArray()),
                        lit(market))));
    return series
        .withColumn("market", explode(array(markets.toArray(Column[]::new))))
        .filter(col("market").isNotNull());
  }

  private static Observation observation(Row row) {
    return new Observation(
        row.getInt(4), row.getInt(5), row.getDouble(6), row.getString(7), row.getLong(8));
  }
}
