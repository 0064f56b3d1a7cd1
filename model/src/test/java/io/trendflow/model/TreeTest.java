package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void aNumberGoesLeftUpToTheThresholdAndAMissingOneAlways() {
    Tree tree = Trees.numeric(0, 2.5, 10, 20);
    assertThat(tree.predict(new double[] {2.5})).isEqualTo(10);
    assertThat(tree.predict(new double[] {2.500001})).isEqualTo(20);
    assertThat(tree.predict(new double[] {FeatureEncoder.MISSING})).isEqualTo(10);
  }

  @Test
  void aCategoryGoesLeftIfItIsInTheSet() {
    Tree tree = Trees.categorical(0, new int[] {0, 64, 70}, 10, 20);
    for (int category = 0; category < 200; category++) {
      boolean left = category == 0 || category == 64 || category == 70;
      assertThat(tree.predict(new double[] {category})).isEqualTo(left ? 10 : 20);
    }
  }

  @Test
  void aDanglingChildIsRefused() {
    assertThatThrownBy(() -> withChildren(1, 3))
        .hasMessageContaining(
            "node 0 has the child 3: use a node from 0 to 2 that comes after its parent");
    assertThatThrownBy(() -> withChildren(0, 2)).hasMessageContaining("node 0 has the child 0");
    assertThatThrownBy(() -> withChildren(1, 1)).hasMessageContaining("node 1 has 2 parents");
  }

  @Test
  void coversMustAddUp() {
    assertThatThrownBy(
            () ->
                new Tree(
                    new int[] {0, -1, -1},
                    new double[3],
                    new int[3][0],
                    new int[] {1, -1, -1},
                    new int[] {2, -1, -1},
                    new double[3],
                    new double[] {10, 4, 5}))
        .hasMessageContaining(
            "node 0 has the cover 10.0, but the covers of its children add up to 9.0");
  }

  private static Tree withChildren(int left, int right) {
    return new Tree(
        new int[] {0, -1, -1},
        new double[3],
        new int[3][0],
        new int[] {left, -1, -1},
        new int[] {right, -1, -1},
        new double[3],
        new double[] {10, 5, 5});
  }
}
