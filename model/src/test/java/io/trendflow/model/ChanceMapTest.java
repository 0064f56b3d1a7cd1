package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChanceMapTest {
  @Test
  void anOverconfidentChanceIsCalibrated() {
    // The share is 0.2 + 0.6 of the implied chance.
    ChanceMap map = ChanceMap.of(outcomes(40000, new Random(1)));
    for (double implied = 0.05; implied < 1; implied += 0.1) {
      assertThat(map.chance(implied)).isCloseTo(0.2 + 0.6 * implied, within(0.05));
    }
  }

  @Test
  void theMapNeverFalls() {
    ChanceMap map = ChanceMap.of(outcomes(300, new Random(2)));
    double before = 0;
    for (int i = 0; i <= 1000; i++) {
      double chance = map.chance(i / 1000.0);
      assertThat(chance).isBetween(before, 1.0);
      before = chance;
    }
  }

  @Test
  void theOrderOfTheOutcomesIsIrrelevant() {
    List<ChanceMap.Outcome> outcomes = outcomes(1000, new Random(3));
    ChanceMap map = ChanceMap.of(outcomes);
    Collections.shuffle(outcomes, new Random(4));
    assertThat(ChanceMap.of(outcomes)).isEqualTo(map);
  }

  @Test
  void aFewOutcomesChangeLittleElsewhere() {
    ChanceMap map = ChanceMap.of(Collections.nCopies(5, new ChanceMap.Outcome(0.9, false)));
    assertThat(map.chance(0.2)).isCloseTo(0.2, within(1e-9));
    assertThat(map.chance(0.9)).isBetween(0.5, 0.9);
    assertThat(ChanceMap.of(List.of()).chance(0.37)).isCloseTo(0.37, within(1e-9));
    assertThat(ChanceMap.identity().chance(0.37)).isCloseTo(0.37, within(1e-9));
  }

  private static List<ChanceMap.Outcome> outcomes(int n, Random random) {
    List<ChanceMap.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double implied = random.nextDouble();
      outcomes.add(new ChanceMap.Outcome(implied, random.nextDouble() < 0.2 + 0.6 * implied));
    }
    return outcomes;
  }
}
