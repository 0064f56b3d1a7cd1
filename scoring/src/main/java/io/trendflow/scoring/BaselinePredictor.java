package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Predicts the baseline, with the interval of {@link Poisson}. */
final class BaselinePredictor implements Predictor {
  private final int baseline;

  BaselinePredictor(StructType rows) {
    this.baseline = rows.fieldIndex("baseline_units");
  }

  @Override
  public Prediction predict(Row row) {
    double units = row.getDouble(baseline);
    return Poisson.complete(new Prediction(Math.log1p(units), units, units, null, null));
  }
}
