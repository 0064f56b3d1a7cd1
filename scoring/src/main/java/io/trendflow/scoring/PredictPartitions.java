package io.trendflow.scoring;

import io.trendflow.model.Prediction;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Appends the predictions to rows, in one pass over each partition. */
final class PredictPartitions implements MapPartitionsFunction<Row, Row> {
  private final Broadcast<Predictor> predictor;

  private PredictPartitions(Broadcast<Predictor> predictor) {
    this.predictor = predictor;
  }

  static Dataset<Row> append(Dataset<Row> rows, Predictor predictor) {
    StructType schema =
        rows.schema()
            .add("raw_prediction", DataTypes.DoubleType, false)
            .add("median_units", DataTypes.DoubleType, false)
            .add("expected_units", DataTypes.DoubleType, false)
            .add("lower_units", DataTypes.DoubleType, true)
            .add("upper_units", DataTypes.DoubleType, true);
    Broadcast<Predictor> broadcast =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(predictor);
    return rows.mapPartitions(new PredictPartitions(broadcast), Encoders.row(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Predictor opened = predictor.value();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        return append(row, opened.predict(row));
      }
    };
  }

  private static Row append(Row row, Prediction p) {
    int n = row.size();
    Object[] values = new Object[n];
    for (int i = 0; i < n; i++) {
      values[i] = row.get(i);
    }
    Object[] all = Arrays.copyOf(values, n + 5);
    all[n] = p.raw();
    all[n + 1] = p.median();
    all[n + 2] = p.expected();
    all[n + 3] = p.lower();
    all[n + 4] = p.upper();
    return RowFactory.create(all);
  }
}
