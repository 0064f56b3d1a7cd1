package io.trendflow.scoring;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.Prediction;
import io.trendflow.model.TrendModel;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Predicts with a model. */
final class ModelPredictor implements Predictor {
  private final TrendModel model;
  private final FeatureEncoder encoder;
  private final int[] columns;
  private final int lifecycle;
  private final int baseline;

  ModelPredictor(TrendModel model, StructType rows) {
    requireFeatures(model, rows);
    this.model = model;
    this.encoder = model.encoder();
    this.columns = model.features().stream().mapToInt(f -> rows.fieldIndex(f.name())).toArray();
    this.lifecycle = rows.fieldIndex("lifecycle");
    this.baseline = rows.fieldIndex("baseline_units");
  }

  @Override
  public Prediction predict(Row row) {
    double[] encoded = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      encoded[i] = encoder.encode(i, row.get(columns[i]));
    }
    double raw = model.predict(encoded) + model.target().offset(row.getDouble(baseline));
    return model.residuals().predict(row.getString(lifecycle), raw);
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
          "the model %s needs the features %s, which the feature rows lack: train again with the features of today"
              .formatted(model.modelId(), absent));
    }
  }
}
