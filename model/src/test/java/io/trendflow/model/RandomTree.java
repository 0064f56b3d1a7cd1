package io.trendflow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random trees over numeric features (even positions) and categorical ones (odd positions). A path
 * may split on a feature again, and some leaves have no training example.
 */
final class RandomTree {
  private static final int CATEGORIES = 70;

  private record Node(
      int feature, double threshold, List<Integer> categories, int left, int right, double value) {}

  private final List<Node> nodes = new ArrayList<>();
  private final List<Double> covers = new ArrayList<>();
  private final Random random;
  private final int features;

  private RandomTree(Random random, int features) {
    this.random = random;
    this.features = features;
  }

  /** Returns a tree that has at least one path of the given depth. */
  static Tree grow(Random random, int features, int depth) {
    RandomTree tree = new RandomTree(random, features);
    tree.grow(depth, true, 1000);
    return tree.tree();
  }

  static double[] row(Random random, int features) {
    double[] row = new double[features];
    for (int f = 0; f < features; f++) {
      row[f] = f % 2 == 0 ? random.nextGaussian() : random.nextInt(CATEGORIES);
    }
    return row;
  }

  private int grow(int depth, boolean whole, double cover) {
    int index = nodes.size();
    nodes.add(new Node(Tree.LEAF, 0, List.of(), -1, -1, random.nextGaussian()));
    covers.add(cover);
    if (depth > 0 && (whole || random.nextInt(4) > 0)) {
      double left = random.nextInt(12) == 0 ? 0 : cover * random.nextDouble();
      int feature = random.nextInt(features);
      boolean number = feature % 2 == 0;
      nodes.set(
          index,
          new Node(
              feature,
              number ? random.nextGaussian() : 0,
              number ? List.of() : random.ints(35, 0, CATEGORIES).distinct().boxed().toList(),
              grow(depth - 1, whole, left),
              grow(depth - 1, false, cover - left),
              0));
    }
    return index;
  }

  private Tree tree() {
    return new Tree(
        nodes.stream().mapToInt(Node::feature).toArray(),
        nodes.stream().mapToDouble(Node::threshold).toArray(),
        nodes.stream()
            .map(node -> node.categories().stream().mapToInt(c -> c).toArray())
            .toArray(int[][]::new),
        nodes.stream().mapToInt(Node::left).toArray(),
        nodes.stream().mapToInt(Node::right).toArray(),
        nodes.stream().mapToDouble(Node::value).toArray(),
        covers.stream().mapToDouble(c -> c).toArray());
  }
}
