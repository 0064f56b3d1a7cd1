package io.trendflow.training;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionTarget;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Converts an example to a label, the logarithm of its baseline and a vector. */
final class ToVector implements Function<Row, Row> {
  private final FeatureEncoder encoder;
  private final int[] columns;
  private final PredictionTarget target;
  private final int label;
  private final int baseline;

  ToVector(
      StructType examples,
      List<InputFeature> inputs,
      FeatureEncoder encoder,
      PredictionTarget target) {
    this.encoder = encoder;
    this.columns = inputs.stream().mapToInt(i -> examples.fieldIndex(i.name())).toArray();
    this.target = target;
    this.label = examples.fieldIndex("label_units");
    this.baseline = examples.fieldIndex("baseline_units");
  }

  @Override
  public Row call(Row example) {
    return row(numbers(example));
  }

  /** Returns the encoded features, then the label and log(1 + baseline_units). */
  double[] numbers(Row example) {
    double[] numbers = new double[columns.length + 2];
    for (int i = 0; i < columns.length; i++) {
      numbers[i] = encoder.encode(i, example.get(columns[i]));
    }
    double units = Math.log1p(example.getDouble(label));
    numbers[columns.length] = units - target.offset(example.getDouble(baseline));
    numbers[columns.length + 1] = Math.log1p(example.getDouble(baseline));
    return numbers;
  }

  /** Returns the label, the logarithm of the baseline and the vector of {@link #numbers}. */
  static Row row(double[] numbers) {
    int features = numbers.length - 2;
    return RowFactory.create(
        numbers[features], numbers[features + 1], Vectors.dense(Arrays.copyOf(numbers, features)));
  }
}
