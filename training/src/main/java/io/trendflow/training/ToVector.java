package io.trendflow.training;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Converts an example to numbers, and these to a label, the logarithm of its baseline and a vector.
 */
final class ToVector implements Serializable {
  private final FeatureEncoder encoder;
  private final int[] columns;
  private final int label;
  private final int baseline;

  ToVector(StructType examples, List<InputFeature> inputs, FeatureEncoder encoder) {
    this.encoder = encoder;
    this.columns = inputs.stream().mapToInt(i -> examples.fieldIndex(i.name())).toArray();
    this.label = examples.fieldIndex("label_units");
    this.baseline = examples.fieldIndex("baseline_units");
  }

  /** Returns the encoded features, then the units and the baseline's units. */
  double[] numbers(Row example) {
    double[] numbers = new double[columns.length + 2];
    for (int i = 0; i < columns.length; i++) {
      numbers[i] = encoder.encode(i, example.get(columns[i]));
    }
    numbers[columns.length] = example.getDouble(label);
    numbers[columns.length + 1] = example.getDouble(baseline);
    return numbers;
  }

  /** Returns a target's label of {@link #numbers}. */
  static double label(double[] numbers, PredictionTarget target) {
    int features = numbers.length - 2;
    return label(numbers[features], numbers[features + 1], target);
  }

  /** Returns a target's label of an example. */
  static double label(double units, double baselineUnits, PredictionTarget target) {
    return Math.log1p(units) - target.offset(baselineUnits);
  }

  /** Returns the predicted units of an example beside its units. */
  PredictionResidual residual(Row example, FittedEnsemble ensemble, PredictionTarget target) {
    double[] numbers = numbers(example);
    return ensemble.residual(
        target,
        example.getAs("lifecycle"),
        numbers,
        numbers[columns.length],
        numbers[columns.length + 1]);
  }

  /** Returns the vector of {@link #numbers}. */
  static Vector vector(double[] numbers) {
    return Vectors.dense(Arrays.copyOf(numbers, numbers.length - 2));
  }

  /** Returns a target's label, the logarithm of the baseline and the vector of {@link #numbers}. */
  static Row row(double[] numbers, PredictionTarget target) {
    double baselineUnits = numbers[numbers.length - 1];
    return RowFactory.create(label(numbers, target), Math.log1p(baselineUnits), vector(numbers));
  }
}
