package io.trendflow.training;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionTarget;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Examples as the columns label and features of Spark's learners, encoded by the model's encoder,
 * and log(1 + baseline_units) as the column log_baseline.
 */
final class ExampleVectors {
  private ExampleVectors() {}

  /**
   * Returns the examples partitioned by their keys and sorted: a learner always receives the same
   * examples in the same order.
   *
   * @param examples rows of {@link TrainingExamples}, in any order and partitioning
   */
  static Dataset<Row> sorted(
      Dataset<Row> examples, int partitions, List<InputFeature> inputs, PredictionTarget target) {
    ToVector toVector = toVector(examples, inputs, target);
    // An RDD is sorted, because each of the hundreds of stages sends the plan of all steps since a
    // shuffle,
    // and the plan of a Dataset's sort includes all steps before the shuffle too.
    // Its elements are arrays, because Spark writes rows and vectors to the shuffle many times
    // slower.
    JavaRDD<Row> sorted =
        examples
            .toJavaRDD()
            .mapToPair(example -> new Tuple2<>(key(example), toVector.numbers(example)))
            .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
            .values()
            .map(ToVector::row);
    return vectors(examples.sparkSession(), sorted, inputs);
  }

  /** Returns the examples in their current order and partitions. */
  static Dataset<Row> of(
      Dataset<Row> examples, List<InputFeature> inputs, PredictionTarget target) {
    JavaRDD<Row> rows = examples.toJavaRDD().map(toVector(examples, inputs, target));
    return vectors(examples.sparkSession(), rows, inputs);
  }

  private static Dataset<Row> vectors(
      SparkSession spark, JavaRDD<Row> rows, List<InputFeature> inputs) {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("log_baseline", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false, attributes(inputs));
    return spark.createDataFrame(rows, schema);
  }

  private static ToVector toVector(
      Dataset<Row> examples, List<InputFeature> inputs, PredictionTarget target) {
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

  /**
   * Returns the number of indexes of a category, {@code other} included; MLlib requires at least
   * two.
   */
  static int arity(InputFeature input) {
    return Math.max(2, input.categories().size() + 1);
  }
}
