package io.trendflow.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Regression tree as parallel arrays with one element per node; node 0 is the root and a child
 * comes after its parent. If a node has {@code leftCategories}, a row whose category is among them
 * goes left; otherwise a row whose number is at most {@code threshold} goes left.
 */
public final class Tree implements Serializable {
  /** Value of {@code feature} for a leaf. */
  public static final int LEAF = -1;

  private static final double COVER_TOLERANCE = 1e-6;

  @JsonProperty private final int[] feature;
  @JsonProperty private final double[] threshold;
  @JsonProperty private final int[][] leftCategories;
  @JsonProperty private final int[] left;
  @JsonProperty private final int[] right;
  @JsonProperty private final double[] value;
  @JsonProperty private final double[] cover;
  private final long[][] leftMask;

  /**
   * Creates a tree.
   *
   * @param feature position of the feature that a node compares, {@link #LEAF} for a leaf
   * @param leftCategories indexes of the categories that go left; empty if the node compares a
   *     number
   * @param left left child, -1 for a leaf
   * @param right right child, -1 for a leaf
   * @param value contribution of a leaf to the prediction, multiplied by the tree's weight; 0 for a
   *     split
   * @param cover weight of the training examples that reached the node
   * @throws IllegalArgumentException if the arrays are not a valid tree
   */
  @JsonCreator
  public Tree(
      @JsonProperty(value = "feature", required = true) int[] feature,
      @JsonProperty(value = "threshold", required = true) double[] threshold,
      @JsonProperty(value = "left_categories", required = true) int[][] leftCategories,
      @JsonProperty(value = "left", required = true) int[] left,
      @JsonProperty(value = "right", required = true) int[] right,
      @JsonProperty(value = "value", required = true) double[] value,
      @JsonProperty(value = "cover", required = true) double[] cover) {
    this.feature = feature;
    this.threshold = threshold;
    this.leftCategories = leftCategories;
    this.left = left;
    this.right = right;
    this.value = value;
    this.cover = cover;
    requireSameLength();
    requireOneParentEach();
    requireCovers();
    this.leftMask = Arrays.stream(leftCategories).map(Tree::mask).toArray(long[][]::new);
  }

  /** Returns this tree with its leaves multiplied by a factor. */
  public Tree times(double factor) {
    double[] product = Arrays.stream(value).map(v -> v * factor).toArray();
    return new Tree(feature, threshold, leftCategories, left, right, product, cover);
  }

  /** Returns the number of nodes, leaves included. */
  public int size() {
    return feature.length;
  }

  /** Returns a start value plus the contributions of trees to the prediction of an encoded row. */
  public static double sum(double start, List<Tree> trees, double[] encoded) {
    double sum = start;
    for (Tree tree : trees) {
      sum += tree.predict(encoded);
    }
    return sum;
  }

  /** Returns the contribution of the tree to the prediction of an encoded row. */
  public double predict(double[] encoded) {
    int node = 0;
    while (feature[node] != LEAF) {
      node = goesLeft(node, encoded) ? left[node] : right[node];
    }
    return value[node];
  }

  /**
   * Adds the gain of the splits on each feature: the weighted variance between the means of the two
   * sides, over the training examples that reached the split (Breiman et al., Classification and
   * Regression Trees, 1984, section 5.3).
   *
   * @param byFeature one element for each feature of the model
   */
  void addGains(double[] byFeature) {
    double[] mean = value.clone();
    for (int node = size() - 1; node >= 0; node--) { // children come after their parents
      if (feature[node] != LEAF) {
        double leftCover = cover[left[node]];
        double rightCover = cover[right[node]];
        double leftMean = mean[left[node]];
        double rightMean = mean[right[node]];
        double both = leftCover + rightCover;
        mean[node] = (leftCover * leftMean + rightCover * rightMean) / both;
        byFeature[feature[node]] +=
            leftCover * rightCover / both * (leftMean - rightMean) * (leftMean - rightMean);
      }
    }
  }

  /** Returns whether an encoded row that reached a split goes left. */
  boolean goesLeft(int node, double[] encoded) {
    double x = encoded[feature[node]];
    long[] mask = leftMask[node];
    return mask.length == 0 ? x <= threshold[node] : contains(mask, (int) x);
  }

  boolean isLeaf(int node) {
    return feature[node] == LEAF;
  }

  int feature(int node) {
    return feature[node];
  }

  int left(int node) {
    return left[node];
  }

  int right(int node) {
    return right[node];
  }

  double value(int node) {
    return value[node];
  }

  /**
   * Returns the share of a split's training examples that went to a child; 0 if the split had none.
   */
  double share(int split, int child) {
    return cover[split] > 0 ? cover[child] / cover[split] : 0;
  }

  /** Returns the largest number of splits between the root and a leaf. */
  int depth() {
    int[] depth = new int[size()];
    for (int node = 0; node < size(); node++) {
      if (!isLeaf(node)) {
        depth[left[node]] = depth[node] + 1;
        depth[right[node]] = depth[node] + 1;
      }
    }
    return IntStream.of(depth).max().orElse(0);
  }

  /** Returns the mean prediction of the training examples. */
  double meanPrediction() {
    double[] mean = value.clone();
    for (int node = size() - 1; node >= 0; node--) {
      if (!isLeaf(node)) {
        mean[node] =
            share(node, left[node]) * mean[left[node]]
                + share(node, right[node]) * mean[right[node]];
      }
    }
    return mean[0];
  }

  /**
   * Returns the highest feature position that a node compares, {@link #LEAF} for a tree of one
   * leaf.
   */
  int highestFeature() {
    return IntStream.of(feature).max().orElse(LEAF);
  }

  private static boolean contains(long[] mask, int category) {
    int word = category >> 6;
    return word < mask.length && (mask[word] >>> category & 1) == 1;
  }

  private static long[] mask(int[] categories) {
    int highest = IntStream.of(categories).max().orElse(-1);
    long[] mask = new long[highest < 0 ? 0 : (highest >> 6) + 1];
    for (int category : categories) {
      mask[category >> 6] |= 1L << category;
    }
    return mask;
  }

  private void requireSameLength() {
    int n = feature.length;
    boolean same =
        IntStream.of(
                threshold.length,
                leftCategories.length,
                left.length,
                right.length,
                value.length,
                cover.length)
            .allMatch(length -> length == n);
    if (!same || n == 0) {
      throw new IllegalArgumentException("the tree's arrays are empty or differ in length");
    }
  }

  private void requireOneParentEach() {
    int[] parents = new int[size()];
    for (int node = 0; node < size(); node++) {
      if (feature[node] < LEAF || !Double.isFinite(threshold[node] + value[node])) {
        throw new IllegalArgumentException("node " + node + " has no valid feature or number");
      }
      for (int child : feature[node] == LEAF ? new int[0] : new int[] {left[node], right[node]}) {
        if (child <= node || child >= size()) {
          throw new IllegalArgumentException(
              "node %d has the child %d: use a node from 0 to %d that comes after its parent"
                  .formatted(node, child, size() - 1));
        }
        parents[child]++;
      }
    }
    for (int node = 1; node < size(); node++) {
      if (parents[node] != 1) {
        throw new IllegalArgumentException(
            "node " + node + " has " + parents[node] + " parents instead of one");
      }
    }
  }

  private void requireCovers() {
    for (int node = 0; node < size(); node++) {
      double parts = feature[node] == LEAF ? cover[node] : cover[left[node]] + cover[right[node]];
      if (!(Math.abs(parts - cover[node]) <= COVER_TOLERANCE * Math.max(1, cover[node]))) {
        throw new IllegalArgumentException(
            "node %d has the cover %s, but the covers of its children add up to %s"
                .formatted(node, cover[node], parts));
      }
    }
  }
}
