package io.trendflow.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.InputFeature;
import io.trendflow.model.ModelFile;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.ml.feature.Instance;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class GbtFitTest {
  private static final LocalDate CUTOFF = LocalDate.parse("2024-03-30");
  private static final LocalDate LATER = CUTOFF.plusDays(Shop.HORIZON);

  @Test
  void theModelPredictsWhatMllibPredicts(SparkSession spark) {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 800, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    assertThat(inputs.get(2).categories()).as("two of the five are `other`").hasSize(3);
    ExampleVectors past = ExampleVectors.sorted(examples, 1, inputs);
    List<Node> roots = LongStream.rangeClosed(1, 5).mapToObj(seed -> tree(past, seed)).toList();
    assertThat(roots.stream().map(root -> root.subtreeToString(0)).collect(joining()))
        .as("splits by category, and between missing and the rest")
        .contains("feature 2 in {", "E8)");

    Dataset<Row> fresh =
        examples(spark, new Shop(2).with("uk", 500, List.of(CUTOFF)))
            .unionByName(
                spark.sql(
                    "select date'2024-03-30' cutoff, 'uk' market, 'new' product_id,"
                        + " 'established' lifecycle, 0D label_units, 3D baseline_units, double(null) level, 1.5D trend,"
                        + " 'never seen' kind_of_product, double(null) noise"));
    List<Vector> vectors =
        ExampleVectors.sorted(fresh, 1, inputs).instances().map(Instance::features).collect();
    assertThat(vectors).hasSize(501);
    for (Node root : roots) {
      Tree tree = MlTrees.of(root, 0.2);
      for (Vector vector : vectors) {
        assertThat(tree.predict(vector.toArray()))
            .isCloseTo(0.2 * root.predictImpl(vector).prediction(), within(1e-12));
      }
    }
  }

  /** Examples whose bins are found once give the tree of MLlib's public estimator. */
  @Test
  void aTreeIsThatOfTheEstimator(SparkSession spark) {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 800, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    ExampleVectors vectors = ExampleVectors.sorted(examples, 2, inputs);
    Recipe recipe = Shop.recipe();
    RandomForestRegressionModel estimated =
        new RandomForestRegressor()
            .setNumTrees(1)
            .setBootstrap(false)
            .setMaxDepth(recipe.depth())
            .setMinInstancesPerNode(recipe.minInstances())
            .setSubsamplingRate(recipe.subsample())
            .setFeatureSubsetStrategy(Double.toString(recipe.featureFraction()))
            .setMaxBins(recipe.bins())
            .setSeed(recipe.seed())
            .fit(vectors.labelled(PredictionTarget.GROWTH));
    assertThat(tree(vectors, recipe.seed()).subtreeToString(0))
        .isEqualTo(estimated.trees()[0].rootNode().subtreeToString(0));
  }

  /**
   * The trees of one task are those that jobs fit to one partition; MLlib draws the examples from
   * which it chooses the borders of bins if there are more than 10,000.
   */
  @ParameterizedTest
  @ValueSource(ints = {800, 11_000})
  void aFitInOneTaskIsThatOfJobs(int products, SparkSession spark) {
    TrainingData data =
        new Shop(1).with("uk", products, List.of(CUTOFF)).data(spark, List.of(LATER));
    Recipe recipe = Shop.recipe(ModelKind.GBT, PredictionTarget.BOTH);
    OriginFits fits =
        new OriginFits(data, recipe, List.of(LATER), EnumSet.allOf(PredictionTarget.class), true);
    assertThat(fits.at(LATER))
        .usingRecursiveComparison()
        .isEqualTo(fits.inJobs(LATER).orElseThrow());
  }

  private static Node tree(ExampleVectors vectors, long seed) {
    try (BinnedExamples binned = new BinnedExamples(vectors, Shop.recipe())) {
      return binned.tree(vectors.labels(PredictionTarget.GROWTH), seed);
    }
  }

  /** Each round removes a share of the residuals that its tree explains. */
  @Test
  void everyRoundFitsTheResidualsOfTheRoundsBefore(SparkSession spark) {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 800, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    ExampleVectors vectors = ExampleVectors.sorted(examples, 2, inputs);
    FittedEnsemble fitted =
        GbtFit.fit(vectors, Shop.recipe().withTrees(10)).of(PredictionTarget.GROWTH);
    assertThat(fitted.trees()).hasSize(10);
    List<Row> rows = vectors.labelled(PredictionTarget.GROWTH).collectAsList();
    double before = Double.POSITIVE_INFINITY;
    for (int trees : new int[] {0, 1, 5, 10}) {
      double errors = 0;
      for (Row row : rows) {
        double[] encoded = row.<Vector>getAs("features").toArray();
        double sum =
            fitted.trees().subList(0, trees).stream().mapToDouble(t -> t.predict(encoded)).sum();
        errors += Math.pow(row.<Double>getAs("label") - fitted.baseValue() - sum, 2);
      }
      assertThat(errors).as("%d trees", trees).isLessThan(0.98 * before);
      before = errors;
    }
  }

  @Test
  void theSameExamplesInAnotherOrderGiveTheSameFile(SparkSession spark) throws IOException {
    Shop shop = new Shop(1).with("uk", 300, TrainingCutoffs.of(LATER, Shop.HORIZON, 3, 1));
    TrainingData data = shop.data(spark, List.of(LATER));
    TrainingData shuffled =
        new TrainingData(
            data.featureRows().orderBy("noise").repartition(5),
            data.labels().orderBy("label_units").repartition(3),
            Shop.FEATURES);
    assertThat(file(shuffled)).isEqualTo(file(data));
    Collections.swap(shop.labels, 0, 1);
    assertThat(file(shop.data(spark, List.of(LATER)))).isEqualTo(file(data));
  }

  /**
   * Tests two numbers that differ in the last bit: their midpoint equals one of them in double
   * precision. MLlib would place two cuts there, count by one cut and send rows by the other.
   */
  @Test
  void numbersThatDifferInTheirLastBitAreOne(SparkSession spark) {
    Shop shop = new Shop(1).with("uk", 300, List.of(LATER.minusDays(Shop.HORIZON)));
    double[] levels = {Math.nextDown(1.5), 1.5, Math.nextUp(1.5), 3};
    for (int i = 0; i < shop.rows.size(); i++) {
      Row row = shop.rows.get(i);
      Object[] values = new Object[row.size()];
      Arrays.setAll(values, row::get);
      values[10] = levels[i % 4];
      shop.rows.set(i, RowFactory.create(values));
      Shop.Label label = shop.labels.get(i);
      double units = i % 4 == 0 ? 1 : i % 4 == 3 ? 900 : 1000;
      shop.labels.set(i, label.with(units));
    }
    TrendModel model =
        Trainer.train(
            shop.data(spark, List.of(LATER)),
            Shop.recipe(),
            LATER,
            PredictionCalibration.unknown(),
            List.of(),
            Shop.lineage());
    assertThat(model.encoder().encode(0, levels[2]))
        .isEqualTo(model.encoder().encode(0, levels[0]));
  }

  private static String file(TrainingData data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(
        Trainer.train(
            data, Shop.recipe(), LATER, PredictionCalibration.unknown(), List.of(), Shop.lineage()),
        out);
    return out.toString(UTF_8);
  }

  private static Dataset<Row> examples(SparkSession spark, Shop shop) {
    return TrainingExamples.knownAt(shop.data(spark, List.of(LATER)), Shop.recipe(), LATER);
  }
}
