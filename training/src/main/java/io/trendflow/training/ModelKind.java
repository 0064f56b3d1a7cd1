package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learner that fits the trees of the target by squared error. */
public enum ModelKind {
  /** Gradient-boosted trees of Spark MLlib. */
  GBT(400_000, false, GbtFit::fit),
  /**
   * Histogram trees of XGBoost, whose jar is not part of TrendFlow: {@code --jars} adds it. They
   * predict the mean too, by the deviance of a Tweedie distribution.
   */
  // A method reference would load XGBoost's classes with this enum, even for the other kind.
  XGBOOST(100_000, true, (vectors, recipe) -> XgboostFit.fit(vectors, recipe));

  private final int partitionRows;
  private final boolean fitsMean;
  private final Learner learner;

  private interface Learner {
    FittedParts fit(ExampleVectors vectors, Recipe recipe);
  }

  /**
   * @param partitionRows rows per partition. Trees depend on the partitions, whose number therefore
   *     follows from the examples; only XGBoost has at most as many as there are cores. MLlib fits
   *     more than one by hundreds of stages.
   * @param fitsMean whether the learner has trees of the mean
   */
  ModelKind(int partitionRows, boolean fitsMean, Learner learner) {
    this.partitionRows = partitionRows;
    this.fitsMean = fitsMean;
    this.learner = learner;
  }

  /** Returns whether the learner can predict the mean by trees of its own. */
  boolean fitsMean() {
    return fitsMean;
  }

  /**
   * Returns the number of examples below which one task fits the trees; 0 for a kind that has
   * workers of its own.
   */
  long oneTaskBelow() {
    return this == GBT ? partitionRows : 0;
  }

  /**
   * Rejects a cluster on which the kind cannot be fitted, before any work is done.
   *
   * @throws IllegalArgumentException if the kind is XGBoost and executors are allocated dynamically
   */
  public void requireCluster(SparkConf conf) {
    boolean local = conf.get("spark.master", "local").startsWith("local");
    if (this == XGBOOST && !local && conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new IllegalArgumentException(
          "train.kind is xgboost, but spark.dynamicAllocation.enabled is true: XGBoost's workers start together, which Spark does not support with dynamic allocation (SPARK-24942). Set spark.dynamicAllocation.enabled to false and spark.executor.instances to a fixed number, or set train.kind to gbt");
    }
  }

  /**
   * Fits the recipe's parts. Equal examples always give equal trees.
   *
   * @param examples rows of {@link TrainingExamples}, in any order and partitioning
   * @param count number of examples
   */
  FittedParts fit(Dataset<Row> examples, long count, List<InputFeature> inputs, Recipe recipe) {
    int partitions = (int) (1 + count / partitionRows);
    if (this == XGBOOST) {
      // Its workers run at the same time: more of them than there are cores would never start.
      int cores = examples.sparkSession().sparkContext().defaultParallelism();
      partitions = Math.min(cores, partitions);
    }
    try {
      return learner.fit(ExampleVectors.sorted(examples, partitions, inputs), recipe);
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "train.kind is xgboost, but XGBoost's jar is missing (%s): add it by spark-submit --packages ml.dmlc:xgboost4j-spark_2.12:3.0.4, or set train.kind to gbt"
              .formatted(e.getMessage()),
          e);
    }
  }
}
