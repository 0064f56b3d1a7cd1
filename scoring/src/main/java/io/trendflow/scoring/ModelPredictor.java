package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import io.trendflow.model.TrendModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Predicts with a model. */
final class ModelPredictor implements RowPredictor {
  private final TrendModel model;
  private final ModelInputs inputs;
  private final int lifecycle;
  private final int baseline;

  ModelPredictor(TrendModel model, StructType rows) {
    this.model = model;
    this.inputs = new ModelInputs(model, rows);
    this.lifecycle = rows.fieldIndex("lifecycle");
    this.baseline = rows.fieldIndex("baseline_units");
  }

  @Override
  public Prediction predict(Row row) {
    return model.predict(inputs.encode(row), row.getString(lifecycle), row.getDouble(baseline));
  }
}
