package io.trendflow.scoring;

import io.trendflow.model.Explainer;
import io.trendflow.model.InputFeature;
import io.trendflow.model.NaturalUnit;
import io.trendflow.model.TrendModel;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reasons of a model's predictions: the inputs with the largest contributions, by exact TreeSHAP.
 *
 * <p>Raw predictions are log(1 + units). Contributions are added on that scale and therefore
 * multiply 1 + median_units. The effect of a contribution c is the resulting change in %:
 *
 * <pre>effect = 100 x (exp(c) - 1)</pre>
 *
 * <p>An effect of 25 means that 1 + median_units is a quarter higher than it would be without the
 * input's contribution. If the model's target is growth, the baseline is part of the start value
 * ({@link Explainer#baseValue}) and not a reason.
 */
final class ScoreReasons implements MoreColumns.Source {
  static final ArrayType TYPE =
      new ArrayType(
          new StructType()
              .add("feature", DataTypes.StringType, false)
              .add("value", DataTypes.DoubleType, true)
              .add("category", DataTypes.StringType, true)
              .add("unit", DataTypes.StringType, true)
              .add("contribution", DataTypes.DoubleType, false)
              .add("effect", DataTypes.DoubleType, false),
          false);

  private static final int MOST = 5;

  private final TrendModel model;
  private final ModelInputs inputs;

  private ScoreReasons(TrendModel model, ModelInputs inputs) {
    this.model = model;
    this.inputs = inputs;
  }

  /** Appends the column {@code reasons} of {@code prediction.scores}. */
  static Dataset<Row> append(Dataset<Row> rows, TrendModel model) {
    ScoreReasons reasons = new ScoreReasons(model, new ModelInputs(model, rows.schema()));
    return MoreColumns.append(rows, new StructType().add("reasons", TYPE, false), reasons);
  }

  @Override
  public Function<Row, @Nullable Object[]> open() {
    Explainer explainer = model.explainer();
    return row -> new Object[] {largest(row, explainer.contributions(inputs.encode(row)))};
  }

  private Row[] largest(Row row, double[] contributions) {
    return IntStream.range(0, contributions.length)
        .filter(i -> contributions[i] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(contributions[i])))
        .limit(MOST)
        .map(i -> reason(model.features().get(i), inputs.value(row, i), contributions[i]))
        .toArray(Row[]::new);
  }

  private static Row reason(InputFeature feature, @Nullable Object value, double contribution) {
    NaturalUnit unit = feature.naturalUnit();
    return RowFactory.create(
        feature.name(),
        value instanceof Number x ? finite(unit.value(x.doubleValue())) : null,
        value instanceof String text ? text : null,
        unit.name(),
        contribution,
        100 * Math.expm1(contribution));
  }

  /** Returns null for a value that is not finite, which the model treats as missing. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
