package io.trendflow.scoring;

import static java.util.Objects.requireNonNull;

import io.trendflow.model.Prediction;
import io.trendflow.model.TrendModel;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Predicts the rows of each cutoff with a model of its own. */
final class CutoffPredictor implements RowPredictor {
  private final HashMap<LocalDate, ModelPredictor> byCutoff = new HashMap<>();
  private final int cutoff;

  CutoffPredictor(Map<LocalDate, TrendModel> models, StructType rows) {
    models.forEach((day, model) -> byCutoff.put(day, new ModelPredictor(model, rows)));
    this.cutoff = rows.fieldIndex("cutoff");
  }

  @Override
  public Prediction predict(Row row) {
    return requireNonNull(byCutoff.get(row.<LocalDate>getAs(cutoff))).predict(row);
  }
}
