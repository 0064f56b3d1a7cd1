package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learner that fits the trees, always by squared error. */
public enum ModelKind {
  /** Gradient-boosted trees of Spark MLlib. */
  GBT(100_000, GbtFit::fit),
  /** Histogram trees of XGBoost, whose jar is not part of TrendFlow: {@code --jars} adds it. */
  // A method reference would load XGBoost's classes with this enum, even for the other kind.
  XGBOOST(1_000_000, (vectors, inputs, recipe) -> XgboostFit.fit(vectors, inputs, recipe));

  /**
   * Rows per partition. Trees depend on the partitions, whose number therefore follows from the
   * examples and not from the machine. The number is small, because each of the hundreds of stages
   * of a fit starts a task per partition.
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
   * Fits the recipe's target. Equal examples always give equal trees.
   *
   * @param examples rows of {@link TrainingExamples}, in any order and partitioning
   * @param count number of examples
   */
  FittedEnsemble fit(Dataset<Row> examples, long count, List<InputFeature> inputs, Recipe recipe) {
    int partitions = (int) (1 + count / rowsPerPartition);
    try {
      return FittedEnsemble.meanOf(
          recipe.target().parts().stream()
              .map(part -> ExampleVectors.sorted(examples, partitions, inputs, part))
              .map(vectors -> learner.fit(vectors, inputs, recipe))
              .toList());
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "train.kind is xgboost, but XGBoost's jar is missing (%s): add it by spark-submit --packages ml.dmlc:xgboost4j-spark_2.12:3.0.4, or set train.kind to gbt"
              .formatted(e.getMessage()),
          e);
    }
  }
}
