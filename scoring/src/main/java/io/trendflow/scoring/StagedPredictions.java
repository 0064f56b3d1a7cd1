package io.trendflow.scoring;

import io.trendflow.model.TrendModel;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Predictions that a model would make if it ended after each round of its trees. */
final class StagedPredictions implements MoreColumns.Source {
  private static final StructType COLUMNS =
      new StructType().add("staged", new ArrayType(DataTypes.DoubleType, false), false);

  private final TrendModel model;
  private final ModelInputs inputs;
  private final int baseline;

  private StagedPredictions(TrendModel model, StructType rows) {
    this.model = model;
    this.inputs = new ModelInputs(model, rows);
    this.baseline = rows.fieldIndex("baseline_units");
  }

  static Dataset<Row> append(Dataset<Row> rows, TrendModel model) {
    return MoreColumns.append(rows, COLUMNS, new StagedPredictions(model, rows.schema()));
  }

  @Override
  public Function<Row, @Nullable Object[]> open() {
    return row -> {
      double[] staged = model.staged(inputs.encode(row));
      double offset = model.target().offset(row.getDouble(baseline));
      for (int i = 0; i < staged.length; i++) {
        staged[i] += offset;
      }
      return new Object[] {staged};
    };
  }
}
