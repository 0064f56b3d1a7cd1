package io.trendflow.features;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Feature rows of every product, as known at the end of each cutoff.
 *
 * @param rows one row per cutoff, market and product known by then: keys, descriptors ({@link
 *     #DESCRIPTORS}), baselines ({@link #BASELINES}) and the columns of {@link #specs}
 * @param series the trend series of each product, with their movements: what the trend features and
 *     {@link #productKeywords} are computed from
 * @param products what the product's own history says, which stays in memory or on disk from its
 *     first use until {@link #release}, because several steps read it
 */
public record FeatureRows(Dataset<Row> rows, Dataset<Row> series, Dataset<Row> products) {
  /** Columns that identify a row. */
  public static final List<String> KEYS = List.of("cutoff", "market", "product_id");

  /** Columns that describe the product. */
  public static final List<String> DESCRIPTORS =
      List.of(
          "lifecycle",
          "name",
          "category",
          "brand",
          "price",
          "price_assumed",
          "currency",
          "launch_date",
          "horizon_start",
          "recent_weekly_units",
          "trend_drivers",
          "check_stock",
          "week_shares",
          "promoted_week_shares");

  /**
   * Column of what is planned for the horizon, only on request: list_price, current_price and
   * planned_events, of which each has kind, starts_on, ends_on and depth. Prices and depths may be
   * null.
   */
  public static final String PLAN = "horizon_plan";

  /** Naive predictions of the units over the horizon; only the first is never null. */
  public static final List<String> BASELINES =
      List.of(
          "baseline_units",
          "last_horizon_units",
          "mean_84_units",
          "last_year_units",
          "category_launch_units");

  /**
   * Features that the date and the length of the history alone decide. They differ from those of
   * other days whatever the shop does, so that nothing can be read from a change.
   */
  public static final Set<String> OF_THE_DAY =
      Set.of(
          "season_sin",
          "season_cos",
          "season_day",
          "working_days_ahead",
          "working_days_last",
          "days_to_easter",
          "days_to_christmas",
          "comparable_launches");

  private static final List<FeatureSpec> CATEGORIES =
      List.of(
          FeatureSpec.categorical("lifecycle", "Lifecycle of the product at the cutoff."),
          FeatureSpec.categorical("category", "Category in the catalogue."),
          FeatureSpec.categorical("brand", "Brand in the catalogue."));

  /** Computes the rows of all cutoffs in one pass over the tables. */
  public static FeatureRows at(
      SourceTables tables, List<LocalDate> cutoffs, FeatureSettings settings) {
    return at(tables, SalesCalendar.of(tables.sales(), settings), cutoffs, settings);
  }

  /**
   * Computes the rows of all cutoffs with every feature, without {@link #PLAN}.
   *
   * @param calendar calendar of the tables' sales, which takes a pass over them
   */
  public static FeatureRows at(
      SourceTables tables,
      SalesCalendar calendar,
      List<LocalDate> cutoffs,
      FeatureSettings settings) {
    return at(tables, calendar, cutoffs, settings, column -> !column.equals(PLAN));
  }

  /**
   * Computes the rows of all cutoffs with some features.
   *
   * @param calendar calendar of the tables' sales, which takes a pass over them
   * @param needed returns whether a column of {@link #specs} or {@link #PLAN} is needed; the others
   *     are left out, which halves the time of a row without any. Descriptors and baselines stay
   */
  public static FeatureRows at(
      SourceTables tables,
      SalesCalendar calendar,
      List<LocalDate> cutoffs,
      FeatureSettings settings,
      Predicate<String> needed) {
    KeywordMatcher matcher =
        new KeywordMatcher(
            tables.signals().select("keyword").distinct().as(Encoders.STRING()).collectAsList(),
            settings.decisions());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(tables.sales().sparkSession().sparkContext());
    int[] features = ProductFeatures.positions(needed);
    boolean withPlan = needed.test(PLAN);
    // Each task would read its own copy of many keywords or events from its closure.
    FlatMapGroupsFunction<Row, Row, Row> rowsOfProduct =
        new ProductRows(
            cutoffs,
            settings,
            features,
            withPlan,
            calendar,
            context.broadcast(matcher),
            context.broadcast(PlannedEvents.of(tables)));
    Dataset<Row> products =
        ProductHistories.of(tables, settings)
            .flatMapGroups(
                rowsOfProduct, Encoders.row(ProductRows.schema(settings, features, withPlan)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> matches = TrendFeatures.matches(products, tables.signals(), cutoffs, settings);
    Dataset<Row> rows =
        ContextFeatures.add(products, settings.horizonDays())
            .join(TrendFeatures.ofProducts(matches, settings), KEYS.toArray(String[]::new), "left")
            .select(columns(settings, needed));
    return new FeatureRows(rows, matches, products);
  }

  /**
   * Returns the keywords of each product: cutoff, market, product_id, source, keyword, geo,
   * confidence, matched_by.
   */
  public Dataset<Row> productKeywords() {
    return TrendFeatures.productKeywords(series);
  }

  /** Removes from memory and disk what later steps of the computation read again. */
  public void release() {
    series.unpersist();
    products.unpersist();
  }

  /**
   * Returns the model's inputs, in order. Features of tables that the shop does not have are left
   * out, because an input that is always missing would change the draws of a fit.
   *
   * @param inputs optional tables that have rows
   */
  public static List<FeatureSpec> specs(FeatureSettings settings, Set<OptionalInput> inputs) {
    List<FeatureSpec> specs = new ArrayList<>();
    ProductFeatures.NUMERIC.stream()
        .filter(feature -> feature.isGiven(inputs))
        .forEach(feature -> specs.add(feature.spec()));
    specs.addAll(ContextFeatures.SPECS);
    specs.addAll(TrendFeatures.SPECS);
    specs.addAll(CATEGORIES);
    for (String attribute : settings.attributes()) {
      specs.add(
          FeatureSpec.categorical(
              attributeColumn(attribute), "Attribute " + attribute + " in the catalogue."));
    }
    return specs;
  }

  /** Returns the names of the features of what a calendar plans for the horizon. */
  public static Set<String> planned() {
    return ProductFeatures.NUMERIC.stream()
        .filter(feature -> feature.needs() == OptionalInput.CALENDAR)
        .map(feature -> feature.spec().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns whether a feature describes search and social trends. */
  public static boolean isTrend(FeatureSpec feature) {
    return TrendFeatures.SPECS.contains(feature);
  }

  static String attributeColumn(String attribute) {
    return "attribute_" + attribute;
  }

  private static Column[] columns(FeatureSettings settings, Predicate<String> needed) {
    Stream<String> features =
        Stream.concat(
                specs(settings, Set.of(OptionalInput.values())).stream().map(FeatureSpec::name),
                Stream.of(PLAN))
            .filter(needed);
    return Stream.of(KEYS.stream(), DESCRIPTORS.stream(), BASELINES.stream(), features)
        .flatMap(names -> names)
        .distinct()
        .map(name -> col("`" + name + "`"))
        .toArray(Column[]::new);
  }
}
