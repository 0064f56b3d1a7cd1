package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.Split;
import org.apache.spark.ml.tree.impl.DecisionTreeMetadata;
import org.apache.spark.ml.tree.impl.RandomForest$;
import org.apache.spark.mllib.tree.configuration.Strategy;
import org.apache.spark.util.random.BernoulliSampler;
import org.apache.spark.util.random.XORShiftRandom;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * Examples in memory whose features are indexes of bins. The bins are those of {@link
 * BinnedExamples} on one partition: MLlib chooses their borders, and the examples among which it
 * chooses are drawn as it draws them (ADR 20).
 */
final class LocalBins {
  /** Fewest examples from which MLlib chooses the borders. */
  private static final int LEAST_SAMPLE = 10_000;

  private final DecisionTreeMetadata metadata;
  private final Split[][] splits;
  private final char[][] bins;

  /**
   * Finds the bins.
   *
   * @param encoded encoded features of an example, by its position
   */
  LocalBins(int examples, IntFunction<double[]> encoded, List<InputFeature> inputs, Recipe recipe) {
    this.metadata = metadata(examples, inputs, recipe);
    List<double[]> sample = sample(examples, recipe.seed()).stream().map(encoded::apply).toList();
    this.splits = new Split[inputs.size()][];
    double[][] borders = new double[inputs.size()][];
    for (int f = 0; f < splits.length; f++) {
      borders[f] = metadata.isContinuous(f) ? borders(sample, f) : new double[0];
      splits[f] = splits(f, borders[f]);
    }
    this.bins = new char[examples][];
    Arrays.setAll(bins, i -> bins(encoded.apply(i), borders));
  }

  /** Returns a grower of trees from these examples. */
  TreeGrower grower(Recipe recipe) {
    return new TreeGrower(metadata, splits, recipe.subsample(), bins);
  }

  @SuppressWarnings("unchecked") // Scala's empty set has no type parameter in Java.
  private static DecisionTreeMetadata metadata(
      int examples, List<InputFeature> inputs, Recipe recipe) {
    Strategy strategy = BinnedExamples.strategy(inputs, recipe);
    int[] numBins = new int[inputs.size()];
    Arrays.fill(numBins, Math.min(strategy.maxBins(), examples));
    for (int feature : ExampleRow.categorical(inputs)) {
      numBins[feature] = ExampleVectors.arity(inputs.get(feature));
    }
    return new DecisionTreeMetadata(
        inputs.size(),
        examples,
        examples,
        0,
        Arrays.stream(numBins).max().orElseThrow(),
        strategy.categoricalFeaturesInfo(),
        scala.collection.immutable.Set$.MODULE$.empty(),
        numBins,
        strategy.impurity(),
        strategy.quantileCalculationStrategy(),
        strategy.maxDepth(),
        strategy.minInstancesPerNode(),
        strategy.minWeightFractionPerNode(),
        strategy.minInfoGain(),
        1,
        (int) Math.ceil(recipe.featureFraction() * inputs.size()));
  }

  /** Returns the positions of the examples from which borders are chosen. */
  private List<Integer> sample(int examples, long seed) {
    int enough = Math.max(metadata.maxBins() * metadata.maxBins(), LEAST_SAMPLE);
    double fraction = enough < examples ? (double) enough / examples : 1;
    BernoulliSampler<Object> sampler = new BernoulliSampler<>(fraction, ClassTag$.MODULE$.Object());
    // Spark draws a seed for the sample, from which it draws the seed of each partition.
    sampler.setSeed(new Random(new XORShiftRandom(seed).nextInt()).nextLong());
    List<Integer> sample = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      if (sampler.sample() > 0) {
        sample.add(i);
      }
    }
    return sample;
  }

  private double[] borders(List<double[]> sample, int feature) {
    List<Tuple2<Object, Object>> weighted = new ArrayList<>();
    for (double[] example : sample) {
      if (example[feature] != 0) { // MLlib knows the number of zeros from that of the others.
        weighted.add(new Tuple2<>(1.0, example[feature]));
      }
    }
    double[] borders =
        RandomForest$.MODULE$.findSplitsForContinuousFeature(
            JavaConverters.iterableAsScalaIterable(weighted), metadata, feature);
    metadata.setNumSplits(feature, borders.length);
    return borders;
  }

  private static Split[] splits(int feature, double[] borders) {
    return Arrays.stream(borders)
        .mapToObj(border -> new ContinuousSplit(feature, border))
        .toArray(Split[]::new);
  }

  private char[] bins(double[] example, double[][] borders) {
    char[] found = new char[example.length];
    for (int f = 0; f < found.length; f++) {
      if (metadata.isContinuous(f)) {
        int border = Arrays.binarySearch(borders[f], example[f]);
        found[f] = (char) (border >= 0 ? border : -border - 1);
      } else {
        found[f] = (char) example[f];
      }
    }
    return found;
  }
}
