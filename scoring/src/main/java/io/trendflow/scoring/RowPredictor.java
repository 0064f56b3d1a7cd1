package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Predicts feature rows of one schema. */
interface RowPredictor extends Serializable {
  /** Columns that {@link #append} appends. */
  StructType COLUMNS =
      new StructType()
          .add("raw_prediction", DataTypes.DoubleType, false)
          .add("median_units", DataTypes.DoubleType, false)
          .add("expected_units", DataTypes.DoubleType, false)
          .add("lower_units", DataTypes.DoubleType, true)
          .add("upper_units", DataTypes.DoubleType, true);

  Prediction predict(Row row);

  default Dataset<Row> append(Dataset<Row> rows) {
    return MoreColumns.append(rows, COLUMNS, () -> row -> values(predict(row)));
  }

  private static @Nullable Object[] values(Prediction p) {
    return new Object[] {p.raw(), p.median(), p.expected(), p.lower(), p.upper()};
  }
}
