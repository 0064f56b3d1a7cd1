package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.schemas.FeatureFamily;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {
  private static final List<InputFeature> FEATURES =
      List.of(
          InputFeature.numeric("units", FeatureFamily.RECENT_SALES, "units"),
          InputFeature.categorical("colour", FeatureFamily.PRODUCT, List.of("a", "b")),
          InputFeature.numeric("season", FeatureFamily.HISTORY, "days"));

  @Test
  void equalDistributionsHaveNone() {
    assertThat(PopulationStability.index(new double[] {.2, .8}, new double[] {.2, .8})).isZero();
  }

  @Test
  void theIndexIsTheSymmetricDivergence() {
    double expected = (.2 - .4) * Math.log(.2 / .4) + (.8 - .6) * Math.log(.8 / .6);
    assertThat(PopulationStability.index(new double[] {.2, .8}, new double[] {.4, .6}))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void anEmptyBinCountsAsATenThousandth() {
    double expected = (.2 - 1e-4) * Math.log(.2 / 1e-4) + (.8 - 1) * Math.log(.8);
    assertThat(PopulationStability.index(new double[] {.2, .8}, new double[] {0, 1}))
        .isCloseTo(expected, within(1e-12));
    assertThatThrownBy(() -> PopulationStability.index(new double[2], new double[3]))
        .hasMessage("the distributions have 2 and 3 bins");
  }

  @Test
  void aReferenceHasDecilesAndTheShareOfMissingValues() {
    Random random = new Random(5);
    List<LocalDate> cutoffs = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      cutoffs.add(LocalDate.EPOCH.plusDays(i % 8));
      double units = random.nextInt(4) == 0 ? FeatureEncoder.MISSING : random.nextGaussian();
      rows.add(new double[] {units, random.nextInt(3), i % 8});
    }
    InputReference reference = InputReference.of(FEATURES, FeatureEncoder.MISSING, cutoffs, rows);
    InputDistribution units = reference.inputs().get(0);
    assertThat(units.edges()).hasSize(9).isSorted();
    assertThat(units.unknownShare()).isCloseTo(.25, within(.02));
    assertThat(units.shares().subList(0, 10)).allMatch(share -> Math.abs(share - .075) < .003);
    assertThat(reference.inputs().get(1).shares()).hasSize(3).allMatch(s -> s > .3 && s < .37);
    assertThat(units.usualIndex()).as("chance alone").isLessThan(.1);
    assertThat(reference.inputs().get(2).usualIndex()).as("one value a cutoff").isGreaterThan(1);
    double[] shifted = rows.stream().mapToDouble(row -> row[0] + 1).toArray();
    assertThat(
            PopulationStability.index(
                units.shareArray(),
                units.sharesOf(FEATURES.get(0), FeatureEncoder.MISSING, shifted)))
        .isGreaterThan(.25);
  }
}
