package io.trendflow.features;

import io.trendflow.history.EpochTimes;
import io.trendflow.history.KnownDays;
import io.trendflow.history.KnownSales;
import io.trendflow.history.ProductState;
import io.trendflow.history.WorkingDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Labels: the units that products sold over the horizon after a cutoff, with the columns {@code
 * cutoff, market, product_id, known_by, label_units, label_days_out, label_known_at}. A label that
 * is not complete by {@code known_by}, or has a day in a hole, has no row; it is never zero. Units
 * of a label with days out of stock, of which {@code label_days_out} is the number, are scaled from
 * the other days to all; if more than a quarter of the days are out of stock, it has no row either.
 */
public final class HorizonLabels implements FlatMapGroupsFunction<Row, Row, Row> {
  private static final StructType SCHEMA =
      new StructType()
          .add("cutoff", DataTypes.DateType, false)
          .add("market", DataTypes.StringType, false)
          .add("product_id", DataTypes.StringType, false)
          .add("known_by", DataTypes.DateType, false)
          .add("label_units", DataTypes.DoubleType, false)
          .add("label_days_out", DataTypes.IntegerType, false)
          .add("label_known_at", DataTypes.TimestampType, false);

  /** Days by which the labels of each cutoff are needed. */
  private final SortedMap<Integer, int[]> knownBy;

  private final Set<String> lifecycles;
  private final FeatureSettings settings;
  private final int horizon;
  private final SalesCalendar calendar;

  /** Coverage as known at the end of each cutoff and of each day in {@link #knownBy}. */
  private final Map<Integer, KnownDays> days = new TreeMap<>();

  private HorizonLabels(
      SortedMap<Integer, int[]> knownBy,
      Set<String> lifecycles,
      FeatureSettings settings,
      SalesCalendar calendar) {
    this.knownBy = knownBy;
    this.lifecycles = lifecycles;
    this.settings = settings;
    this.horizon = settings.horizonDays();
    this.calendar = calendar;
    knownBy.forEach(
        (cutoff, by) ->
            IntStream.concat(IntStream.of(cutoff), IntStream.of(by))
                .forEach(day -> days.computeIfAbsent(day, calendar::at)));
  }

  /**
   * Returns the labels as known at the end of each day; later revisions are ignored. Products that
   * are unknown at the cutoff have no label.
   *
   * @param lifecycles lifecycles of the products that have labels
   * @param cutoffsByKnownBy cutoffs whose labels are needed, for each day by which they are known
   */
  public static Dataset<Row> of(
      SourceTables tables,
      Map<LocalDate, ? extends Collection<LocalDate>> cutoffsByKnownBy,
      Collection<String> lifecycles,
      FeatureSettings settings) {
    SortedMap<Integer, int[]> knownBy = new TreeMap<>();
    cutoffsByKnownBy.forEach(
        (day, cutoffs) ->
            cutoffs.forEach(
                cutoff ->
                    knownBy.merge(
                        EpochTimes.day(cutoff),
                        new int[] {EpochTimes.day(day)},
                        HorizonLabels::concat)));
    SalesCalendar calendar = SalesCalendar.of(tables.sales(), settings);
    FlatMapGroupsFunction<Row, Row, Row> labels =
        new HorizonLabels(knownBy, Set.copyOf(lifecycles), settings, calendar);
    return ProductHistories.of(tables, settings).flatMapGroups(labels, Encoders.row(SCHEMA));
  }

  private static int[] concat(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> known) {
    ProductHistory history = ProductHistory.of(key, known, settings);
    Map<Integer, KnownSales> salesByDay = new HashMap<>();
    List<Row> labels = new ArrayList<>();
    knownBy.forEach(
        (cutoff, days) -> {
          ProductState product =
              history.at(horizon, known(cutoff), WorkingDays.WITHOUT_HOLIDAYS, PlannedEvents.NONE);
          OptionalLong finished = finished(product);
          for (int day : days) {
            if (product != null
                && finished.isPresent()
                && finished.getAsLong() <= EpochTimes.endOf(day)) {
              KnownSales sales = salesByDay.computeIfAbsent(day, d -> history.sales(known(d)));
              int from = product.horizonStart();
              double units = sales.units(from, from + horizon - 1);
              if (!Double.isNaN(units)) {
                int out = sales.daysOut(from, from + horizon - 1);
                labels.add(label(history, product, day, units, out, finished.getAsLong()));
              }
            }
          }
        });
    return labels.iterator();
  }

  private KnownDays known(int day) {
    return Objects.requireNonNull(days.get(day));
  }

  /**
   * Returns when the last day of the product's horizon became known; empty if the product has no
   * label.
   */
  private OptionalLong finished(@Nullable ProductState product) {
    return product == null || !lifecycles.contains(product.lifecycle.label())
        ? OptionalLong.empty()
        : calendar.knownAt(product.horizonStart() + horizon - 1);
  }

  private Row label(
      ProductHistory history, ProductState product, int day, double units, int out, long finished) {
    return RowFactory.create(
        LocalDate.ofEpochDay(product.cutoff),
        history.market(),
        history.productId(),
        LocalDate.ofEpochDay(day),
        units,
        out,
        Instant.EPOCH.plus(finished, ChronoUnit.MICROS));
  }
}
