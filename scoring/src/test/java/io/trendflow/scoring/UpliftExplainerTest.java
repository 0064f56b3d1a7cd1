package io.trendflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpliftExplainerTest {
  private static final int FEATURES = 12;

  /** Families that an input can have. */
  private static final List<FeatureFamily> INPUTS =
      Arrays.stream(FeatureFamily.values())
          .filter(family -> family != FeatureFamily.USUAL_LEVEL)
          .toList();

  @ParameterizedTest
  @EnumSource
  void thePartsAddUpToTheUpliftForRandomTreesAndRows(PredictionTarget target) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      UpliftExplainer explainer = new UpliftExplainer(model(target, random));
      for (int i = 0; i < 50; i++) {
        double[] row = random.doubles(FEATURES, -3, 3).toArray();
        double expected = random.nextInt(8) == 0 ? 0 : Math.exp(random.nextGaussian() * 3);
        double baseline = random.nextInt(8) == 0 ? 0 : Math.exp(random.nextGaussian() * 3);
        double mean = baseline + (expected - baseline) * (1 + random.nextInt(3));
        double[] parts = explainer.split(row, Math.max(0, mean), expected, baseline);
        double sum = Arrays.stream(parts).sum();
        assertThat(sum).isCloseTo(Math.log((1 + expected) / (1 + baseline)), within(1e-9));
        assertFamiliesAddUp(parts, expected, baseline);
      }
    }
  }

  private static void assertFamiliesAddUp(double[] parts, double expected, double baseline) {
    List<ExplainedInput> inputs =
        IntStream.range(0, FEATURES)
            .mapToObj(
                i -> new ExplainedInput(feature(i), family(i), 1.0, null, null, null, parts[i]))
            .toList();
    double uplift = UpliftExplainer.uplift(expected, baseline);
    List<FamilySum> families = FamilySum.of(inputs, parts[FEATURES]);
    assertThat(families.stream().mapToDouble(FamilySum::contribution).sum())
        .isCloseTo(uplift, within(1e-9));
    List<ExplainedInput> reasons = FamilySum.reasons(families, uplift);
    if (!reasons.isEmpty()) {
      assertThat(reasons.get(0).contribution() * (expected - baseline)).isPositive();
      assertThat(reasons)
          .extracting(ExplainedInput::family)
          .doesNotHaveDuplicates()
          .doesNotContain(FeatureFamily.MISSING, FeatureFamily.USUAL_LEVEL);
    }
  }

  /** The trees' mean belongs to no input: it is what the model expects of any product. */
  @Test
  void aModelOfGrowthKeepsItsContributionsAndHasAUsualLevel() {
    List<Tree> trees = List.of(TestRows.stump(0, 0, new int[0], -0.2, 0.4));
    UpliftExplainer explainer = new UpliftExplainer(model(PredictionTarget.GROWTH, trees));
    double[] parts = explainer.split(new double[FEATURES], Math.expm1(2.5), Math.expm1(2.5), 9);
    assertThat(parts[0]).isCloseTo(-0.3, within(1e-12));
    assertThat(parts[FEATURES]).isCloseTo(2.5 - Math.log(10) + 0.3, within(1e-12));
  }

  /**
   * Both inputs that count sales say that the product sells 2 more than the mean of all, as does
   * its baseline: nothing is left of them, and the change explains the uplift.
   */
  @Test
  void aModelOfUnitsTakesTheLevelBackFromTheInputsThatCountSales() {
    List<Tree> trees =
        List.of(
            TestRows.stump(0, 0, new int[0], 1.5, -1.5),
            TestRows.stump(2, 0, new int[0], 0.5, -0.5),
            TestRows.stump(1, 0, new int[0], 0.3, -0.3));
    UpliftExplainer explainer = new UpliftExplainer(model(PredictionTarget.UNITS, trees));
    double[] inputs =
        explainer.split(new double[FEATURES], Math.expm1(3.3), Math.expm1(3.3), Math.expm1(3));
    assertThat(Arrays.copyOf(inputs, 3)).containsExactly(new double[] {0, 0.3, 0}, within(1e-12));
    double[] halved =
        explainer.split(new double[FEATURES], Math.expm1(3.3), Math.expm1(3.3), Math.expm1(2));
    assertThat(Arrays.copyOf(halved, 3))
        .containsExactly(new double[] {0.75, 0.3, 0.25}, within(1e-12));
    double[] beyond =
        explainer.split(new double[FEATURES], Math.expm1(3.3), Math.expm1(3.3), Math.expm1(4));
    assertThat(Arrays.copyOf(beyond, 3))
        .containsExactly(new double[] {-0.75, 0.3, -0.25}, within(1e-12));
  }

  /** One input corrects the other: only what they say together is kept, on the larger one. */
  @Test
  void inputsThatCountSalesAreNettedInAModelOfGrowthToo() {
    List<Tree> trees =
        List.of(
            TestRows.stump(0, 0, new int[0], 0.7, -0.7),
            TestRows.stump(2, 0, new int[0], -0.4, 0.4),
            TestRows.stump(1, 0, new int[0], -0.1, 0.1));
    UpliftExplainer explainer = new UpliftExplainer(model(PredictionTarget.GROWTH, trees));
    double[] parts = explainer.split(new double[FEATURES], 99, 99, 49);
    assertThat(Arrays.copyOf(parts, 3)).containsExactly(new double[] {0.3, -0.1, 0}, within(1e-12));
    assertThat(parts[FEATURES]).isCloseTo(Math.log(2) - 0.2, within(1e-12));
  }

  @Test
  void shrinkingTakesTheSameShareOfEveryPart() {
    UpliftExplainer explainer = new UpliftExplainer(model(PredictionTarget.GROWTH, new Random(1)));
    double[] row = new double[FEATURES];
    double[] whole = explainer.split(row, 39, 39, 9);
    double[] half = explainer.split(row, 39, 19, 9);
    double[] none = explainer.split(row, 39, 9, 9);
    for (int i = 0; i <= FEATURES; i++) {
      assertThat(half[i]).isCloseTo(whole[i] / 2, within(1e-12));
      assertThat(none[i]).isZero();
    }
  }

  @Test
  void withoutAnInputThatCountsSalesTheRestIsTheUsualLevel() {
    List<Tree> trees = List.of(TestRows.stump(1, 0, new int[0], 0.3, -0.3));
    UpliftExplainer explainer = new UpliftExplainer(model(PredictionTarget.UNITS, trees));
    double[] parts = explainer.split(new double[FEATURES], Math.expm1(1.3), Math.expm1(1.3), 0);
    assertThat(parts[1]).isCloseTo(0.3, within(1e-12));
    assertThat(parts[FEATURES]).isCloseTo(1, within(1e-12));
  }

  private static TrendModel model(PredictionTarget target, Random random) {
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      trees.add(perfect(random, random.nextInt(5)));
    }
    return model(target, trees);
  }

  private static TrendModel model(PredictionTarget target, List<Tree> trees) {
    List<InputFeature> features =
        IntStream.range(0, FEATURES).mapToObj(UpliftExplainerTest::feature).toList();
    return TestRows.model(target, features, trees, PredictionCalibration.unknown());
  }

  /** Returns a feature; every even one counts sales. */
  private static InputFeature feature(int i) {
    return InputFeature.numeric("f" + i, family(i), i % 2 == 0 ? "log(1 + units)" : "log ratio");
  }

  private static FeatureFamily family(int i) {
    return INPUTS.get(i % INPUTS.size());
  }

  /** Returns a tree whose leaves all have the same depth. */
  private static Tree perfect(Random random, int depth) {
    int splits = (1 << depth) - 1;
    int size = 2 * splits + 1;
    return new Tree(
        IntStream.range(0, size)
            .map(node -> node < splits ? random.nextInt(FEATURES) : Tree.LEAF)
            .toArray(),
        IntStream.range(0, size)
            .mapToDouble(node -> node < splits ? random.nextGaussian() : 0)
            .toArray(),
        IntStream.range(0, size).mapToObj(node -> new int[0]).toArray(int[][]::new),
        IntStream.range(0, size).map(node -> node < splits ? 2 * node + 1 : -1).toArray(),
        IntStream.range(0, size).map(node -> node < splits ? 2 * node + 2 : -1).toArray(),
        IntStream.range(0, size)
            .mapToDouble(node -> node < splits ? 0 : random.nextGaussian())
            .toArray(),
        IntStream.range(0, size)
            .mapToDouble(node -> 1024.0 / Integer.highestOneBit(node + 1))
            .toArray());
  }
}
