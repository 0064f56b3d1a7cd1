package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;

import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanTrees;
import io.trendflow.model.PredictionTarget;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Learner that fits the trees of the target by squared error. */
public enum ModelKind {
  /** Gradient-boosted trees of Spark MLlib. */
  GBT(100_000, GbtFit.FOREST_TREES, GbtFit::fit, null),
  /**
   * Histogram trees of XGBoost, whose jar is not part of TrendFlow: {@code --jars} adds it. They
   * predict the mean too, by the deviance of a Tweedie distribution.
   */
  // A method reference would load XGBoost's classes with this enum, even for the other kind.
  XGBOOST(
      1_000_000,
      1,
      (vectors, inputs, recipe) -> XgboostFit.fit(vectors, inputs, recipe),
      (vectors, inputs, recipe) -> XgboostFit.fitMean(vectors, inputs, recipe));

  /** Share of the mean's own trees in the expected units; a quarter won on past data (ADR 20). */
  private static final double MEAN_SHARE = 0.25;

  /**
   * Rows per partition. Trees depend on the partitions, whose number therefore follows from the
   * examples and not from the machine. The number is small, because each of the hundreds of stages
   * of a fit starts a task per partition.
   */
  private final int rowsPerPartition;

  private final int treesPerRound;
  private final Learner learner;
  private final @Nullable Learner meanLearner;

  private interface Learner {
    FittedEnsemble fit(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe);
  }

  ModelKind(
      int rowsPerPartition, int treesPerRound, Learner learner, @Nullable Learner meanLearner) {
    this.rowsPerPartition = rowsPerPartition;
    this.treesPerRound = treesPerRound;
    this.learner = learner;
    this.meanLearner = meanLearner;
  }

  /**
   * Returns the number of trees that are fitted to the same residuals. A fit with fewer trees
   * equals the beginning of one with more only if both are whole rounds.
   */
  public int treesPerRound() {
    return treesPerRound;
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
   * Fits the recipe's target and, where the kind can, the mean. Equal examples always give equal
   * trees.
   *
   * @param examples rows of {@link TrainingExamples}, in any order and partitioning
   * @param count number of examples
   */
  FittedEnsemble fit(Dataset<Row> examples, long count, List<InputFeature> inputs, Recipe recipe) {
    int partitions = (int) (1 + count / rowsPerPartition);
    try {
      ExampleVectors vectors = ExampleVectors.sorted(examples, partitions, inputs);
      FittedEnsemble fitted =
          FittedEnsemble.meanOf(
              recipe.target().parts().stream()
                  .map(part -> learner.fit(vectors.labelled(part), inputs, recipe))
                  .toList());
      if (meanLearner == null) {
        return fitted;
      }
      Dataset<Row> units =
          vectors.labelled(PredictionTarget.UNITS).withColumn("label", exp(col("label")));
      FittedEnsemble mean = meanLearner.fit(units, inputs, recipe);
      return fitted.withMean(new MeanTrees(MEAN_SHARE, mean.baseValue(), mean.trees()));
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "train.kind is xgboost, but XGBoost's jar is missing (%s): add it by spark-submit --packages ml.dmlc:xgboost4j-spark_2.12:3.0.4, or set train.kind to gbt"
              .formatted(e.getMessage()),
          e);
    }
  }
}
