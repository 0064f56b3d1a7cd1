package io.trendflow.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.trendflow.model.TrendModel;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Scores rows in Spark's memory by the same trees with MLlib's code and with TrendFlow's. */
final class ModelTransform implements AutoCloseable {
  /** Number of copies of the rows, which makes the start of a job negligible. */
  private static final int COPIES = 20;

  private final SparkSession spark =
      SparkSession.builder()
          .master("local[1]")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private final Dataset<Row> vectors;
  private final long rows;
  private final GBTRegressionModel mllib;
  private final UserDefinedFunction ours;

  ModelTransform(XgboostPeer peer, TrendModel model) {
    List<Row> once =
        Arrays.stream(peer.rows()).map(row -> RowFactory.create(Vectors.dense(row))).toList();
    StructType schema = new StructType().add("features", SQLDataTypes.VectorType(), false);
    this.vectors =
        spark
            .createDataFrame(once, schema)
            .crossJoin(spark.range(COPIES))
            .select("features")
            .persist();
    this.rows = vectors.count();
    int features = model.features().size();
    DecisionTreeRegressionModel[] trees =
        peer.trees().stream()
            .map(tree -> tree.mllib(features))
            .toArray(DecisionTreeRegressionModel[]::new);
    double[] weights = new double[trees.length];
    Arrays.fill(weights, 1);
    this.mllib = new GBTRegressionModel("peer", trees, weights);
    UDF1<Vector, Double> predict = vector -> model.predict(vector.toArray());
    this.ours = udf(predict, DataTypes.DoubleType);
    if (!(Math.abs(mllib() - ours()) < 1e-9 * rows)) {
      throw new IllegalStateException(
          "the sum of MLlib's predictions is %s, but TrendFlow's is %s".formatted(mllib(), ours()));
    }
  }

  long rows() {
    return rows;
  }

  /** Returns the sum of MLlib's predictions. */
  double mllib() {
    return sum(mllib.transform(vectors));
  }

  /** Returns the sum of TrendFlow's predictions. */
  double ours() {
    return sum(vectors.withColumn("prediction", ours.apply(col("features"))));
  }

  private static double sum(Dataset<Row> predicted) {
    return predicted.agg(functions.sum("prediction")).first().getDouble(0);
  }

  @Override
  public void close() {
    spark.close();
  }
}
