package io.trendflow.features;

import io.trendflow.history.CatalogEntry;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.KnownDays;
import io.trendflow.history.ProductState;
import io.trendflow.history.WorkingDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Converts a product's history into one row for each cutoff: its description, its own features, and
 * the amounts that {@link ContextFeatures} adds up over category and market.
 */
final class ProductRows implements FlatMapGroupsFunction<Row, Row, Row> {
  static final int RECENT_WEEKS = 12;

  /** Coverage of the sales data as known at each cutoff. */
  private final List<KnownDays> cutoffs;

  private final FeatureSettings settings;

  /** Positions of the needed features in {@link ProductFeatures#NUMERIC}. */
  private final int[] features;

  private final boolean withPlan;
  private final Map<String, WorkingDays> workingDays;
  private final Broadcast<KeywordMatcher> matcher;
  private final Broadcast<PlannedEvents> planned;

  ProductRows(
      List<LocalDate> cutoffs,
      FeatureSettings settings,
      int[] features,
      boolean withPlan,
      SalesCalendar calendar,
      Broadcast<KeywordMatcher> matcher,
      Broadcast<PlannedEvents> planned) {
    this.cutoffs = cutoffs.stream().map(cutoff -> calendar.at(EpochTimes.day(cutoff))).toList();
    this.settings = settings;
    this.features = features;
    this.withPlan = withPlan;
    this.workingDays = MarketHolidays.of(cutoffs, settings);
    this.matcher = matcher;
    this.planned = planned;
  }

  static StructType schema(FeatureSettings settings, int[] features, boolean withPlan) {
    StructType schema =
        new StructType()
            .add("cutoff", DataTypes.DateType)
            .add("market", DataTypes.StringType)
            .add("product_id", DataTypes.StringType)
            .add("lifecycle", DataTypes.StringType)
            .add("name", DataTypes.StringType)
            .add("category", DataTypes.StringType)
            .add("brand", DataTypes.StringType)
            .add("currency", DataTypes.StringType)
            .add("launch_date", DataTypes.DateType)
            .add("horizon_start", DataTypes.DateType)
            .add("recent_weekly_units", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add("matched_keywords", DataTypes.createArrayType(KeywordMatch.SCHEMA, false))
            .add("check_stock", DataTypes.BooleanType)
            .add("own_year_ago_weeks", WeekShares.TYPE)
            .add("own_launch_weeks", WeekShares.TYPE)
            .add("promoted_week_shares", WeekShares.TYPE);
    schema = add(schema, ContextFeatures.AMOUNTS, DataTypes.DoubleType);
    for (int feature : features) {
      schema = schema.add(ProductFeatures.NUMERIC.get(feature).spec().name(), DataTypes.DoubleType);
    }
    schema =
        add(
            schema,
            settings.attributes().stream().map(FeatureRows::attributeColumn).toList(),
            DataTypes.StringType);
    return withPlan ? schema.add(FeatureRows.PLAN, PlanColumn.TYPE, false) : schema;
  }

  private static StructType add(StructType schema, List<String> names, DataType type) {
    StructType result = schema;
    for (String name : names) {
      result = result.add(name, type);
    }
    return result;
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> known) {
    ProductHistory history = ProductHistory.of(key, known, settings);
    WorkingDays ofMarket = workingDays.getOrDefault(history.market(), WorkingDays.WITHOUT_HOLIDAYS);
    Map<CatalogEntry, Object[]> keywords = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (KnownDays days : cutoffs) {
      ProductState product = history.at(settings.horizonDays(), days, ofMarket, planned.value());
      if (product != null) {
        rows.add(
            row(
                history,
                product,
                keywords.computeIfAbsent(product.entry, entry -> keywords(history, entry))));
      }
    }
    return rows.iterator();
  }

  private Object[] keywords(ProductHistory history, CatalogEntry entry) {
    return matcher.value().match(history.market(), history.productId(), entry).stream()
        .map(KeywordMatch::toRow)
        .toArray();
  }

  private Row row(ProductHistory history, ProductState product, Object[] keywords) {
    CatalogEntry entry = product.entry;
    List<@Nullable Object> values = new ArrayList<>();
    values.add(LocalDate.ofEpochDay(product.cutoff));
    values.add(history.market());
    values.add(history.productId());
    values.add(product.lifecycle.label());
    values.add(entry.name());
    values.add(entry.category());
    values.add(entry.brand());
    values.add(entry.currency() == null ? product.sales.currency() : entry.currency());
    values.add(product.launch == null ? null : LocalDate.ofEpochDay(product.launch));
    values.add(LocalDate.ofEpochDay(product.horizonStart()));
    values.add(product.weeklyUnits(RECENT_WEEKS));
    values.add(keywords);
    values.add(product.isSilent());
    values.add(product.neverSold() ? null : known(product.yearAgoCappedWeeks()));
    values.add(WeekShares.of(product.launchWeeks()));
    values.add(WeekShares.of(product.promotedDaysByWeek()));
    ContextFeatures.amounts(product).forEach(amount -> values.add(finite(amount)));
    for (int feature : features) {
      values.add(finite(ProductFeatures.NUMERIC.get(feature).value().applyAsDouble(product)));
    }
    settings.attributes().forEach(name -> values.add(entry.attributes().get(name)));
    if (withPlan) {
      values.add(PlanColumn.of(product));
    }
    return RowFactory.create(values.toArray());
  }

  private static double @Nullable [] known(double[] units) {
    return DoubleStream.of(units).allMatch(Double::isFinite) ? units : null;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
