package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Predicts the baseline with the interval of {@link PoissonInterval}. */
final class BaselinePredictor implements RowPredictor {
  private final int baseline;

  BaselinePredictor(StructType rows) {
    this.baseline = rows.fieldIndex("baseline_units");
  }

  @Override
  public Prediction predict(Row row) {
    double units = row.getDouble(baseline);
    return PoissonInterval.complete(new Prediction(Math.log1p(units), units, units, null, null));
  }
}
