package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ImportanceTest {

  /** The root splits 30 and 10 examples whose means differ by 4; its left side splits 20 and 10. */
  @Test
  void aSplitExplainsTheVarianceBetweenItsSides() {
    Tree tree =
        new Tree(
            new int[] {0, 1, Tree.LEAF, Tree.LEAF, Tree.LEAF},
            new double[5],
            new int[5][0],
            new int[] {1, 3, -1, -1, -1},
            new int[] {2, 4, -1, -1, -1},
            new double[] {0, 0, 5, 0, 3},
            new double[] {40, 30, 10, 20, 10});
    double[] gains = new double[3];
    tree.addGains(gains);
    assertThat(gains[0]).isCloseTo(30.0 * 10 / 40 * 4 * 4, within(1e-9));
    assertThat(gains[1]).isCloseTo(20.0 * 10 / 30 * 3 * 3, within(1e-9));
    assertThat(gains[2]).isZero();
  }
}
