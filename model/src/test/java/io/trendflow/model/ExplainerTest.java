package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  /**
   * Two numeric and two categorical features that trees split on, and one that no tree splits on.
   */
  private static final int FEATURES = 5;

  private static final int UNUSED = 4;

  @RepeatedTest(40)
  void equalsTheShapleyValuesOfTheirDefinition(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      trees.add(RandomTree.grow(random, UNUSED, random.nextInt(9)));
    }
    Explainer explainer = Trees.model(FEATURES, 0.5, trees).explainer();
    for (int i = 0; i < 10; i++) {
      double[] row = RandomTree.row(random, FEATURES);
      assertThat(explainer.contributions(row)).containsExactly(shapley(trees, row), within(1e-9));
    }
  }

  @Test
  void addsUpToThePredictionForDeepTreesToo() {
    Random random = new Random(7);
    int features = 40;
    List<Tree> trees = new ArrayList<>();
    for (int depth = 1; depth <= 12; depth++) {
      trees.add(RandomTree.grow(random, features, depth));
    }
    TrendModel model = Trees.model(features, -3, trees);
    Explainer explainer = model.explainer();
    for (int i = 0; i < 500; i++) {
      double[] row = RandomTree.row(random, features);
      double sum = explainer.baseValue(0) + Arrays.stream(explainer.contributions(row)).sum();
      assertThat(sum).isCloseTo(model.predict(row), within(1e-9));
    }
  }

  /** The only feature that a tree compares has the whole contribution. */
  @Test
  void aStumpGivesItsFeatureTheDistanceFromTheMean() {
    List<Tree> trees = List.of(Trees.numeric(1, 2.5, 10, 20), Trees.leaf(3));
    Explainer explainer = Trees.model(2, 1, trees).explainer();
    assertThat(explainer.baseValue(0)).isEqualTo(1 + (0.4 * 10 + 0.6 * 20) + 3);
    assertThat(explainer.contributions(new double[] {9, 2})).containsExactly(0, 10 - 16);
    assertThat(explainer.contributions(new double[] {9, 3})).containsExactly(0, 20 - 16);
  }

  /**
   * The trees of a growth model explain the deviation from the baseline, which is the start value.
   */
  @Test
  void aModelOfGrowthStartsFromTheRowsBaseline() {
    List<Tree> trees = List.of(Trees.numeric(0, 2.5, -0.2, 0.3));
    TrendModel model = Trees.model(PredictionTarget.GROWTH, 1, 0.05, trees);
    Explainer explainer = model.explainer();
    double mean = 0.05 + 0.4 * -0.2 + 0.6 * 0.3;
    assertThat(explainer.baseValue(0)).isCloseTo(mean, within(1e-12));
    assertThat(explainer.baseValue(99)).isCloseTo(Math.log(100) + mean, within(1e-12));
    double sum = explainer.baseValue(99) + explainer.contributions(new double[] {3})[0];
    double raw = model.predict(new double[] {3}) + model.target().offset(99);
    assertThat(sum).isCloseTo(raw, within(1e-12));
  }

  /** A quarter of the mean's own trees and three quarters of the median's, on the log scale. */
  @Test
  void treesOfTheMeanCountByTheirShare() {
    MeanTrees meanTrees = new MeanTrees(0.25, 0.1, List.of(Trees.numeric(0, 1.5, -0.4, 0.8)));
    List<Tree> trees = List.of(Trees.numeric(0, 2.5, -0.2, 0.3));
    TrendModel model = Trees.model(PredictionTarget.BOTH, 1, 0.2, trees, meanTrees);
    Explainer explainer = model.explainer();
    double[] row = {2};
    double sum = explainer.baseValue(99) + explainer.contributions(row)[0];
    double expected = model.predict(row, "new", 99).expected();
    assertThat(Math.log1p(expected)).isCloseTo(sum, within(1e-12));
    double median = 0.2 - 0.2 + 0.5 * Math.log(100);
    double mean = 0.1 + 0.8 + Math.log(100);
    assertThat(sum).isCloseTo(0.75 * median + 0.25 * mean, within(1e-12));
    assertThat(model.predict(row, "new", 99).median()).isCloseTo(Math.expm1(median), within(1e-9));
  }

  @Test
  void aModelOfLeavesHasNothingToExplain() {
    Explainer explainer = Trees.model(2, 1, List.of(Trees.leaf(3), Trees.leaf(4))).explainer();
    assertThat(explainer.baseValue(0)).isEqualTo(8);
    assertThat(explainer.contributions(new double[2])).containsExactly(0, 0);
  }

  /**
   * Returns every feature's mean marginal contribution to the sets of the other features, with
   * Shapley's weights.
   */
  private static double[] shapley(List<Tree> trees, double[] row) {
    double[] values = new double[row.length];
    for (int set = 0; set < 1 << row.length; set++) {
      int size = Integer.bitCount(set);
      for (int f = 0; f < row.length; f++) {
        if ((set >> f & 1) == 0) {
          int with = set | 1 << f;
          double weight = factorial(size) * factorial(row.length - size - 1);
          for (Tree tree : trees) {
            double gain = worth(tree, 0, row, with) - worth(tree, 0, row, set);
            values[f] += weight / factorial(row.length) * gain;
          }
        }
      }
    }
    return values;
  }

  /** Returns the mean prediction below a node if only the features of a set are known. */
  private static double worth(Tree tree, int node, double[] row, int set) {
    if (tree.isLeaf(node)) {
      return tree.value(node);
    }
    int left = tree.left(node);
    int right = tree.right(node);
    if ((set >> tree.feature(node) & 1) == 1) {
      return worth(tree, tree.goesLeft(node, row) ? left : right, row, set);
    }
    return tree.share(node, left) * worth(tree, left, row, set)
        + tree.share(node, right) * worth(tree, right, row, set);
  }

  private static double factorial(int n) {
    return IntStream.rangeClosed(2, n).asDoubleStream().reduce(1, (a, b) -> a * b);
  }
}
