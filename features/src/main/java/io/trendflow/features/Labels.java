package io.trendflow.features;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What products sold over the horizon after a cutoff: {@code cutoff, market, product_id, known_by,
 * label_units, label_known_at}. A label that was not finished by {@code known_by} has no row; it is
 * never zero.
 */
public final class Labels implements FlatMapFunction<Row, Row> {
  private static final StructType SCHEMA =
      new StructType()
          .add("cutoff", DataTypes.DateType, false)
          .add("market", DataTypes.StringType, false)
          .add("product_id", DataTypes.StringType, false)
          .add("known_by", DataTypes.DateType, false)
          .add("label_units", DataTypes.DoubleType, false)
          .add("label_known_at", DataTypes.TimestampType, false);

  private final int[] cutoffs;
  private final int[] origins;
  private final int horizon;
  private final SalesCalendar calendar;

  private Labels(List<LocalDate> cutoffs, List<LocalDate> knownBy, int horizon, SalesCalendar c) {
    this.cutoffs = cutoffs.stream().mapToInt(Times::day).toArray();
    this.origins = knownBy.stream().mapToInt(Times::day).toArray();
    this.horizon = horizon;
    this.calendar = c;
  }

  /**
   * The labels of every cutoff as each of the days of {@code knownBy} knew them, revisions that
   * came later left out. Products that were not known at the cutoff have none.
   */
  public static Dataset<Row> of(
      SourceTables tables,
      List<LocalDate> cutoffs,
      List<LocalDate> knownBy,
      FeatureSettings settings) {
    SalesCalendar calendar = SalesCalendar.of(tables.sales());
    FlatMapFunction<Row, Row> labels =
        new Labels(cutoffs, knownBy, settings.horizonDays(), calendar);
    return ProductHistories.of(tables, settings.trendGeos().keySet())
        .flatMap(labels, Encoders.row(SCHEMA));
  }

  @Override
  public Iterator<Row> call(Row row) {
    ProductHistory history = ProductHistory.of(row);
    KnownSales[] knownBy =
        IntStream.of(origins)
            .mapToObj(origin -> KnownSales.at(history.sales(), Times.endOf(origin)))
            .toArray(KnownSales[]::new);
    List<Row> labels = new ArrayList<>();
    for (int cutoff : cutoffs) {
      ProductState product = history.at(cutoff, horizon, calendar);
      if (product != null) {
        addLabels(history, product, knownBy, labels);
      }
    }
    return labels.iterator();
  }

  private void addLabels(
      ProductHistory history, ProductState product, KnownSales[] knownBy, List<Row> labels) {
    int from = product.horizonStart();
    int to = from + horizon - 1;
    OptionalLong finished = calendar.knownAt(to);
    for (int i = 0; i < origins.length; i++) {
      if (finished.isPresent() && finished.getAsLong() <= Times.endOf(origins[i])) {
        labels.add(
            RowFactory.create(
                LocalDate.ofEpochDay(product.cutoff),
                history.market(),
                history.productId(),
                LocalDate.ofEpochDay(origins[i]),
                knownBy[i].units(from, to),
                Instant.EPOCH.plus(finished.getAsLong(), ChronoUnit.MICROS)));
      }
    }
  }
}
