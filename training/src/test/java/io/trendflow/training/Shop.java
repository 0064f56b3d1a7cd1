package io.trendflow.training;

import io.trendflow.features.FeatureSpec;
import io.trendflow.features.FeatureSpec.Kind;
import io.trendflow.model.PredictionTarget;
import io.trendflow.schemas.FeatureFamily;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Small shop for tests. The units of a product depend on its level, which is sometimes unknown, on
 * its trend, which the baselines do not use, and on its category. Feature rows and labels are plain
 * lists that a test can change.
 */
public final class Shop {
  public static final int HORIZON = 28;
  public static final List<FeatureSpec> FEATURES =
      List.of(
          new FeatureSpec(
              "level",
              Kind.NUMERIC,
              FeatureFamily.RECENT_SALES,
              "log units",
              "Log of recent units."),
          new FeatureSpec("trend", Kind.NUMERIC, FeatureFamily.SEARCHES, "", "Search trend."),
          new FeatureSpec(
              "kind_of_product", Kind.CATEGORICAL, FeatureFamily.PRODUCT, "", "Category."),
          new FeatureSpec("noise", Kind.NUMERIC, FeatureFamily.PRODUCT, "", "Means nothing."));

  private static final StructType ROWS =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, lifecycle STRING, horizon_start DATE,"
              + " baseline_units DOUBLE, last_horizon_units DOUBLE, mean_84_units DOUBLE,"
              + " last_year_units DOUBLE, category_launch_units DOUBLE, price DOUBLE,"
              + " level DOUBLE, trend DOUBLE, kind_of_product STRING, noise DOUBLE");
  private static final StructType LABELS =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, known_by DATE, label_units DOUBLE,"
              + " label_known_at TIMESTAMP");
  private static final List<String> KINDS = List.of("mug", "lamp", "card", "bag", "clock");

  public final List<Row> rows = new ArrayList<>();
  public final List<Label> labels = new ArrayList<>();
  private final Random random;

  /** Units of a row's horizon, which starts at {@code start}. */
  public record Label(
      LocalDate cutoff, String market, String product, LocalDate start, double units) {
    public Instant knownAt() {
      return start.plusDays(HORIZON).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public Label with(double other) {
      return new Label(cutoff, market, product, start, other);
    }
  }

  public Shop(long seed) {
    this.random = new Random(seed);
  }

  /** Adds established products at the given cutoffs. */
  public Shop with(String market, int products, Collection<LocalDate> cutoffs) {
    for (LocalDate cutoff : cutoffs) {
      for (int i = 0; i < products; i++) {
        add("established", market, "p%03d".formatted(i), cutoff, cutoff.plusDays(1));
      }
    }
    return this;
  }

  /** Adds a product that starts on {@code launch}, at the given cutoffs before that day. */
  Shop withLaunch(String product, LocalDate launch, Collection<LocalDate> cutoffs) {
    cutoffs.forEach(cutoff -> add("launch", "uk", product, cutoff, launch));
    return this;
  }

  public TrainingData data(SparkSession spark, Collection<LocalDate> knownBy) {
    List<Row> known = new ArrayList<>();
    for (LocalDate day : knownBy) {
      Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      labels.stream()
          .filter(label -> !label.knownAt().isAfter(end))
          .map(label -> row(label, day))
          .forEach(known::add);
    }
    return new TrainingData(
        spark.createDataFrame(rows, ROWS), spark.createDataFrame(known, LABELS), FEATURES);
  }

  private void add(
      String lifecycle, String market, String product, LocalDate cutoff, LocalDate start) {
    double level = 4 * random.nextDouble();
    double trend = random.nextGaussian();
    int kind = random.nextInt(KINDS.size());
    double mean = level + 0.5 * trend + (kind == 0 ? 1 : 0);
    double units = Math.rint(Math.max(0, Math.expm1(mean + 0.3 * random.nextGaussian())));
    @Nullable Double baseline = Math.expm1(level + 0.4 * random.nextGaussian());
    @Nullable Double known = lifecycle.equals("launch") ? null : baseline;
    rows.add(
        RowFactory.create(
            cutoff,
            market,
            product,
            lifecycle,
            start,
            Math.max(0, baseline),
            known,
            known,
            null,
            null,
            9.99,
            random.nextInt(10) == 0 ? null : level,
            random.nextInt(10) == 0 ? null : trend,
            random.nextInt(20) == 0 ? null : KINDS.get(kind),
            random.nextDouble()));
    labels.add(new Label(cutoff, market, product, start, units));
  }

  /** Replaces a column's value in all rows. */
  public void replace(String column, Supplier<@Nullable Object> value) {
    int index = ROWS.fieldIndex(column);
    rows.replaceAll(
        row -> {
          Object[] values = new Object[row.size()];
          Arrays.setAll(values, row::get);
          values[index] = value.get();
          return RowFactory.create(values);
        });
  }

  /** Returns this shop with other units in the labels that became known after a day. */
  public Shop poisonedAfter(LocalDate day) {
    Shop poisoned = new Shop(0);
    poisoned.rows.addAll(rows);
    for (Label label : labels) {
      boolean known = !label.start().plusDays(HORIZON - 1).isAfter(day);
      poisoned.labels.add(label.with(known ? label.units() : 5000 - label.units()));
    }
    return poisoned;
  }

  static Row row(Label label, LocalDate knownBy) {
    return RowFactory.create(
        label.cutoff(), label.market(), label.product(), knownBy, label.units(), label.knownAt());
  }

  /** Returns a recipe that fits in seconds. */
  public static Recipe recipe() {
    return recipe(ModelKind.GBT, PredictionTarget.GROWTH);
  }

  /** Returns a recipe of a kind and a target that fits in seconds. */
  public static Recipe recipe(ModelKind kind, PredictionTarget target) {
    return new Recipe(
        kind,
        target,
        true,
        HORIZON,
        List.of("established", "launch"),
        10,
        1,
        5,
        3,
        0.5,
        5,
        0.8,
        1,
        32,
        20,
        1);
  }

  public static TrainingLineage lineage() {
    return new TrainingLineage("0.1.0", List.of("i1"), "", Instant.parse("2024-06-01T00:00:00Z"));
  }
}
