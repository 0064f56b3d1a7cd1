package io.trendflow.scoring;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.TrendModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reader of a model's inputs from feature rows. */
final class ModelInputs implements Serializable {
  private final FeatureEncoder encoder;
  private final int[] columns;

  /**
   * Locates the model's features in the rows.
   *
   * @throws IllegalArgumentException if the rows lack a feature of the model
   */
  ModelInputs(TrendModel model, StructType rows) {
    requireFeatures(model, rows);
    this.encoder = model.encoder();
    this.columns = model.features().stream().mapToInt(f -> rows.fieldIndex(f.name())).toArray();
  }

  /** Returns the value of a feature; null if it is missing. */
  @Nullable Object value(Row row, int feature) {
    return row.get(columns[feature]);
  }

  double[] encode(Row row) {
    double[] encoded = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      encoded[i] = encoder.encode(i, value(row, i));
    }
    return encoded;
  }

  private static void requireFeatures(TrendModel model, StructType rows) {
    List<String> present = Arrays.asList(rows.fieldNames());
    List<String> absent =
        model.features().stream()
            .map(InputFeature::name)
            .filter(name -> !present.contains(name))
            .toList();
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "the model %s needs the features %s, which the feature rows do not have: train again with the current features"
              .formatted(model.modelId(), absent));
    }
  }
}
