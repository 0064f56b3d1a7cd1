package io.trendflow.training;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.Target;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Fits MLlib's gradient-boosted trees so that the same examples always give the same trees. */
final class GbtFit {
  /**
   * Rows per partition. MLlib's trees depend on the partitions, so their number follows from the
   * examples, not from the machine; few, since each of the hundreds of stages starts a task for
   * each.
   */
  private static final int ROWS_PER_PARTITION = 40_000;

  private static final int MAX_MEMORY_MB = 512;

  private GbtFit() {}

  /**
   * Fits the recipe's target.
   *
   * @param examples rows of {@link Examples}, in any order and partitioning
   * @param count their number
   */
  static GBTRegressionModel fit(
      Dataset<Row> examples, long count, List<InputFeature> inputs, Recipe recipe) {
    int partitions = (int) (1 + count / ROWS_PER_PARTITION);
    ToVector toVector = toVector(examples, inputs, recipe.target());
    // Sorted as an RDD: each of the hundreds of stages sends the plan of all steps since a shuffle,
    // and that of a Dataset's sort holds all steps before the shuffle too.
    JavaRDD<Row> sorted =
        examples
            .toJavaRDD()
            .mapToPair(example -> new Tuple2<>(key(example), toVector.call(example)))
            .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
            .values();
    Dataset<Row> vectors = vectors(examples.sparkSession(), sorted, inputs).persist();
    try {
      return regressor(inputs, recipe).fit(vectors);
    } finally {
      vectors.unpersist();
    }
  }

  /** The columns label and features that MLlib reads, features marked as numbers or categories. */
  static Dataset<Row> vectors(Dataset<Row> examples, List<InputFeature> inputs, Target target) {
    JavaRDD<Row> rows = examples.toJavaRDD().map(toVector(examples, inputs, target));
    return vectors(examples.sparkSession(), rows, inputs);
  }

  private static Dataset<Row> vectors(
      SparkSession spark, JavaRDD<Row> rows, List<InputFeature> inputs) {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false, attributes(inputs));
    return spark.createDataFrame(rows, schema);
  }

  private static ToVector toVector(
      Dataset<Row> examples, List<InputFeature> inputs, Target target) {
    FeatureEncoder encoder = new FeatureEncoder(inputs, FeatureEncoder.MISSING);
    return new ToVector(examples.schema(), inputs, encoder, target);
  }

  private static String key(Row example) {
    return String.join(
        "\u001f",
        example.<String>getAs("market"),
        example.<String>getAs("product_id"),
        example.<LocalDate>getAs("cutoff").toString());
  }

  private static GBTRegressor regressor(List<InputFeature> inputs, Recipe recipe) {
    int categories = inputs.stream().mapToInt(GbtFit::arity).max().orElse(0);
    return new GBTRegressor()
        .setLabelCol("label")
        .setFeaturesCol("features")
        .setMaxIter(recipe.trees())
        .setMaxDepth(recipe.depth())
        .setStepSize(recipe.learningRate())
        .setMinInstancesPerNode(recipe.minInstances())
        .setSubsamplingRate(recipe.subsample())
        .setFeatureSubsetStrategy(Double.toString(recipe.featureFraction()))
        .setMaxBins(Math.max(recipe.bins(), categories))
        .setMaxMemoryInMB(MAX_MEMORY_MB)
        .setSeed(recipe.seed());
  }

  private static Metadata attributes(List<InputFeature> inputs) {
    Attribute[] attributes =
        inputs.stream()
            .map(
                input ->
                    input.kind() == InputFeature.Kind.NUMERIC
                        ? NumericAttribute.defaultAttr().withName(input.name())
                        : NominalAttribute.defaultAttr()
                            .withName(input.name())
                            .withNumValues(arity(input)))
            .toArray(Attribute[]::new);
    return new AttributeGroup("features", attributes).toMetadata();
  }

  /** Indexes of a category, {@code other} included; MLlib wants at least two. */
  private static int arity(InputFeature input) {
    return Math.max(2, input.categories().size() + 1);
  }
}
