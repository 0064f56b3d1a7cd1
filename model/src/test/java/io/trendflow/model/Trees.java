package io.trendflow.model;

/** Small trees for tests. */
final class Trees {
  private Trees() {}

  static Tree numeric(int feature, double threshold, double left, double right) {
    return split(feature, threshold, new int[0], left, right);
  }

  static Tree categorical(int feature, int[] leftCategories, double left, double right) {
    return split(feature, 0, leftCategories, left, right);
  }

  private static Tree split(
      int feature, double threshold, int[] leftCategories, double left, double right) {
    return new Tree(
        new int[] {feature, Tree.LEAF, Tree.LEAF},
        new double[] {threshold, 0, 0},
        new int[][] {leftCategories, {}, {}},
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new double[] {0, left, right},
        new double[] {10, 4, 6});
  }
}
