package io.trendflow.scoring;

import io.trendflow.features.FeatureRows;
import io.trendflow.history.Lifecycle;
import io.trendflow.model.InputFeature;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reasons for a model's predictions: contributions of the inputs by exact TreeSHAP, their sums by
 * family, and the inputs that serve as evidence.
 *
 * <p>Contributions are added on the scale of log(1 + units) and therefore multiply 1 +
 * expected_units. From the baseline, they lead exactly to the expected units (see {@link
 * UpliftExplainer}). The effect of a contribution c is the resulting change in %:
 *
 * <pre>effect = 100 x (exp(c) - 1)</pre>
 *
 * <p>An effect of 25 means that 1 + expected_units is a quarter higher than it would be without the
 * contribution.
 */
final class ScoreReasons implements MoreColumns.Source {
  static final ArrayType REASONS = new ArrayType(ExplainedInput.SCHEMA, false);
  static final ArrayType FAMILIES = new ArrayType(FamilySum.SCHEMA, false);

  /** Uplift on the log scale below which the quotient of the uplifts is taken as its limit. */
  private static final double NO_UPLIFT = 1e-9;

  private final TrendModel model;
  private final ModelInputs inputs;
  private final int lifecycle;
  private final int baseline;
  private final int mean;
  private final int expected;
  private final int drivers;
  private final List<Integer> planned;

  /** Trend series that moves an input most. */
  private record TrendDriver(String source, String keyword, FeatureFamily family) {}

  private ScoreReasons(TrendModel model, StructType rows) {
    this.model = model;
    this.inputs = new ModelInputs(model, rows);
    this.lifecycle = rows.fieldIndex("lifecycle");
    this.baseline = rows.fieldIndex("baseline_units");
    this.mean = rows.fieldIndex("mean_units");
    this.expected = rows.fieldIndex("expected_units");
    this.drivers = rows.fieldIndex("trend_drivers");
    this.planned = planned(model);
  }

  /**
   * Appends the columns {@code reasons} and {@code families} of {@code prediction.scores} to
   * predicted rows, and {@link WeeklyPath#PLANNED}, what the features of the calendar contribute.
   */
  static Dataset<Row> append(Dataset<Row> predicted, TrendModel model) {
    StructType columns =
        new StructType()
            .add("reasons", REASONS, false)
            .add("families", FAMILIES, false)
            .add(WeeklyPath.PLANNED, DataTypes.DoubleType, false);
    return MoreColumns.append(predicted, columns, new ScoreReasons(model, predicted.schema()));
  }

  @Override
  public Function<Row, @Nullable Object[]> open() {
    UpliftExplainer explainer = new UpliftExplainer(model);
    return row -> {
      double before = row.getDouble(baseline);
      double after = row.getDouble(expected);
      double[] parts = explainer.split(inputs.encode(row), row.getDouble(mean), after, before);
      double uplift = UpliftExplainer.uplift(after, before);
      double unitsOfOne = Math.abs(uplift) < NO_UPLIFT ? 1 + before : (after - before) / uplift;
      List<FamilySum> families = FamilySum.of(explained(row, parts), parts[parts.length - 1]);
      return new Object[] {
        FamilySum.reasons(families, uplift).stream().map(ExplainedInput::toRow).toArray(Row[]::new),
        families.stream().map(family -> family.toRow(unitsOfOne)).toArray(Row[]::new),
        planned.stream().mapToDouble(feature -> parts[feature]).sum()
      };
    };
  }

  /** Returns the positions of the features of what a calendar plans. */
  private static List<Integer> planned(TrendModel model) {
    Set<String> names = FeatureRows.planned();
    return IntStream.range(0, model.features().size())
        .filter(i -> names.contains(model.features().get(i).name()))
        .boxed()
        .toList();
  }

  /**
   * Returns the inputs that contribute.
   *
   * @param contributions contribution of each feature, in the order of the features
   */
  private List<ExplainedInput> explained(Row row, double[] contributions) {
    Map<String, TrendDriver> trends = drivers(row);
    List<ExplainedInput> explained = new ArrayList<>();
    for (int i = 0; i < model.features().size(); i++) {
      if (contributions[i] != 0) {
        InputFeature feature = model.features().get(i);
        TrendDriver driver = trends.get(feature.name());
        Object value = inputs.value(row, i);
        boolean missing = value == null || (value instanceof Number x && isMissing(x));
        explained.add(
            new ExplainedInput(
                feature,
                missing ? FeatureFamily.MISSING : family(row, feature, driver),
                !missing && value instanceof Number x
                    ? feature.naturalUnit().value(x.doubleValue())
                    : null,
                value instanceof String text ? text : null,
                missing || driver == null ? null : driver.source(),
                missing || driver == null ? null : driver.keyword(),
                contributions[i]));
      }
    }
    return explained;
  }

  private static boolean isMissing(Number value) {
    return !Double.isFinite(value.doubleValue());
  }

  /**
   * Returns the family of a known input. What past launches sold is about a product that is new; of
   * an established product it only describes the category.
   */
  private FeatureFamily family(Row row, InputFeature feature, @Nullable TrendDriver driver) {
    boolean established = Lifecycle.ESTABLISHED.label().equals(row.getString(lifecycle));
    if (feature.family() == FeatureFamily.LAUNCHES && established) {
      return FeatureFamily.PRODUCT;
    }
    return driver == null ? feature.family() : driver.family();
  }

  private Map<String, TrendDriver> drivers(Row row) {
    Map<String, TrendDriver> byFeature = new HashMap<>();
    if (!row.isNullAt(drivers)) {
      for (Row driver : row.<Row>getList(drivers)) {
        byFeature.put(
            driver.getAs("feature"),
            new TrendDriver(
                driver.getAs("source"),
                driver.getAs("keyword"),
                FeatureFamily.of(driver.<String>getAs("family")).orElseThrow()));
      }
    }
    return byFeature;
  }
}
