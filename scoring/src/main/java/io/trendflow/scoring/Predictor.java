package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Predicts feature rows of one schema. */
interface Predictor extends Serializable {
  Prediction predict(Row row);
}
