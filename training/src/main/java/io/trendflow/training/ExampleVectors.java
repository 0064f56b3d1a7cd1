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
import org.apache.spark.ml.feature.Instance;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Examples encoded by the model's encoder, from which Spark's learners take the columns label,
 * log_baseline, which is log(1 + baseline_units), and features. Encoding and sorting are the same
 * for every target.
 */
final class ExampleVectors {
  private final SparkSession spark;
  private final List<InputFeature> inputs;
  private final JavaRDD<double[]> numbers;

  private ExampleVectors(
      Dataset<Row> examples, List<InputFeature> inputs, JavaRDD<double[]> numbers) {
    this.spark = examples.sparkSession();
    this.inputs = inputs;
    this.numbers = numbers;
  }

  /**
   * Returns the examples partitioned by their keys and sorted: a learner always receives the same
   * examples in the same order.
   *
   * @param examples rows of {@link TrainingExamples}, in any order and partitioning
   */
  static ExampleVectors sorted(Dataset<Row> examples, int partitions, List<InputFeature> inputs) {
    ToVector toVector = toVector(examples.schema(), inputs);
    // An RDD is sorted, because each of the hundreds of stages sends the plan of all steps since a
    // shuffle, and the plan of a Dataset's sort includes all steps before the shuffle too. Its
    // elements are arrays, because Spark writes rows and vectors to the shuffle many times slower.
    JavaRDD<double[]> sorted =
        examples
            .toJavaRDD()
            .mapToPair(example -> new Tuple2<>(key(example), toVector.numbers(example)))
            .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
            .values();
    return new ExampleVectors(examples, inputs, sorted);
  }

  /** Returns the inputs, one for each number of a vector. */
  List<InputFeature> inputs() {
    return inputs;
  }

  /** Returns the vectors, each with the label 0. */
  JavaRDD<Instance> instances() {
    return numbers.map(row -> new Instance(0, 1, ToVector.vector(row)));
  }

  /** Returns the labels of a target, which has no parts, in the order of the vectors. */
  JavaRDD<Double> labels(PredictionTarget target) {
    return numbers.map(row -> ToVector.label(row, target));
  }

  /** Returns the columns with the labels of a target, which has no parts. */
  Dataset<Row> labelled(PredictionTarget target) {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("log_baseline", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false, attributes(inputs));
    return spark.createDataFrame(numbers.map(row -> ToVector.row(row, target)), schema);
  }

  /** Returns a converter of examples of a schema. */
  static ToVector toVector(StructType examples, List<InputFeature> inputs) {
    return new ToVector(examples, inputs, new FeatureEncoder(inputs, FeatureEncoder.MISSING));
  }

  /** Returns the key by which examples are sorted. */
  static String key(Row example) {
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
