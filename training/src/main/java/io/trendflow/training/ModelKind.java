package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What fits the trees. Squared error, whichever it is. */
public enum ModelKind {
  /** Gradient-boosted trees by Spark MLlib. */
  GBT(100_000, GbtFit::fit),
  /**
   * XGBoost's histogram trees. Its jar doesn't come with TrendFlow: it is given by {@code --jars}.
   */
  // A method reference would load XGBoost's classes with this one, for the other kind too.
  XGBOOST(1_000_000, (vectors, inputs, recipe) -> XgboostFit.fit(vectors, inputs, recipe));

  /**
   * Rows per partition. Trees depend on the partitions, so their number follows from the examples,
   * not from the machine; few, since a fit is hundreds of stages that start a task for each.
   */
  private final int rowsPerPartition;

  private final Learner learner;

  private interface Learner {
    FittedEnsemble fit(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe);
  }

  ModelKind(int rowsPerPartition, Learner learner) {
    this.rowsPerPartition = rowsPerPartition;
    this.learner = learner;
  }

  /**
   * Fits the recipe's target. The same examples always give the same trees.
   *
   * @param examples rows of {@link TrainingExamples}, in any order and partitioning
   * @param count their number
   */
  FittedEnsemble fit(Dataset<Row> examples, long count, List<InputFeature> inputs, Recipe recipe) {
    int partitions = (int) (1 + count / rowsPerPartition);
    Dataset<Row> vectors = ExampleVectors.sorted(examples, partitions, inputs, recipe.target());
    try {
      return learner.fit(vectors, inputs, recipe);
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "train.kind is xgboost, but its jar is not there (%s): give it by spark-submit --packages ml.dmlc:xgboost4j-spark_2.12:3.0.4, or set train.kind to gbt"
              .formatted(e.getMessage()),
          e);
    }
  }
}
