package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import io.trendflow.model.UnitQuantiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Predicts feature rows of one schema. */
interface RowPredictor extends Serializable {
  Prediction predict(Row row);

  /**
   * Appends the columns raw_prediction, median_units, expected_units, lower_units, upper_units, the
   * quantiles and chance.
   */
  default Dataset<Row> append(Dataset<Row> rows) {
    return MoreColumns.append(rows, columns(), () -> row -> values(predict(row)));
  }

  private static StructType columns() {
    StructType columns =
        new StructType()
            .add("raw_prediction", DataTypes.DoubleType, false)
            .add("median_units", DataTypes.DoubleType, false)
            .add("expected_units", DataTypes.DoubleType, false)
            .add("lower_units", DataTypes.DoubleType, true)
            .add("upper_units", DataTypes.DoubleType, true);
    for (String quantile : UnitQuantiles.columns()) {
      columns = columns.add(quantile, DataTypes.DoubleType, true);
    }
    return columns.add("chance", DataTypes.DoubleType, true);
  }

  private static @Nullable Object[] values(Prediction p) {
    UnitQuantiles quantiles = p.quantiles();
    List<@Nullable Object> values = new ArrayList<>(List.of(p.raw(), p.median(), p.expected()));
    if (quantiles == null) {
      values.addAll(Collections.nCopies(2 + UnitQuantiles.LEVELS.size(), null));
    } else {
      values.add(quantiles.lower());
      values.add(quantiles.upper());
      values.addAll(quantiles.units());
    }
    values.add(p.chance());
    return values.toArray();
  }
}
