package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChanceMapTest {
  private static final LocalDate MAY = LocalDate.parse("2024-05-01");

  @Test
  void anOverconfidentChanceIsCalibrated() {
    // The share is 0.2 + 0.6 of the implied chance.
    ChanceMap map = ChanceMap.of(outcomes(50, 800, 0, new Random(1)));
    for (double implied = 0.05; implied < 1; implied += 0.1) {
      assertThat(map.chance(implied)).isCloseTo(0.2 + 0.6 * implied, within(0.05));
    }
  }

  @Test
  void aLevelThatChangesFromCutoffToCutoffIsNotLearned() {
    ChanceMap map = ChanceMap.of(outcomes(50, 800, 0.2, new Random(1)));
    for (double implied = 0.15; implied < 0.9; implied += 0.1) {
      assertThat(map.chance(implied)).isCloseTo(0.2 + 0.6 * implied, within(0.07));
    }

    List<ChanceMap.Outcome> never = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      never.add(new ChanceMap.Outcome(MAY, 0.3 + i * 0.001, false));
    }
    assertThat(ChanceMap.of(never).chance(0.6)).isCloseTo(0.6, within(0.01));
  }

  @Test
  void theMapNeverFalls() {
    ChanceMap map = ChanceMap.of(outcomes(3, 100, 0, new Random(2)));
    double before = 0;
    for (int i = 0; i <= 1000; i++) {
      double chance = map.chance(i / 1000.0);
      assertThat(chance).isBetween(before, 1.0);
      before = chance;
    }
  }

  @Test
  void oneCutoffCountsAboutAsMuchAsTheIdentity() {
    ChanceMap map = ChanceMap.of(outcomes(1, 5000, 0, new Random(3)));
    assertThat(map.chance(0.1)).isBetween(0.12, 0.24);
    assertThat(map.chance(0.9)).isBetween(0.76, 0.88);
    assertThat(ChanceMap.of(List.of()).chance(0.37)).isCloseTo(0.37, within(1e-9));
    assertThat(ChanceMap.identity().chance(0.37)).isCloseTo(0.37, within(1e-9));
  }

  /** Returns outcomes of cutoffs whose share is above and below 0.2 + 0.6 x by turns. */
  private static List<ChanceMap.Outcome> outcomes(
      int cutoffs, int each, double level, Random random) {
    List<ChanceMap.Outcome> outcomes = new ArrayList<>();
    for (int cutoff = 0; cutoff < cutoffs; cutoff++) {
      double more = cutoff % 2 == 0 ? level : -level;
      for (int i = 0; i < each; i++) {
        double implied = random.nextDouble();
        boolean exceeded = random.nextDouble() < 0.2 + 0.6 * implied + more;
        outcomes.add(new ChanceMap.Outcome(MAY.plusWeeks(cutoff), implied, exceeded));
      }
    }
    return outcomes;
  }
}
