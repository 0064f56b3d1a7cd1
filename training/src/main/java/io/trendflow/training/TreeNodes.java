package io.trendflow.training;

import io.trendflow.model.Tree;
import java.util.ArrayList;
import java.util.List;

/** Arranges the nodes of a learner's tree, parents before their children. */
final class TreeNodes {
  private record Node(
      int feature,
      double threshold,
      List<Integer> leftCategories,
      int left,
      int right,
      double value,
      double cover) {}

  private final List<Node> nodes = new ArrayList<>();

  /** Reserves the next place for a node whose children follow. */
  int reserve() {
    return leaf(0, 0);
  }

  int leaf(double value, double cover) {
    nodes.add(new Node(Tree.LEAF, 0, List.of(), -1, -1, value, cover));
    return nodes.size() - 1;
  }

  /** Fills a reserved place with a numeric split. */
  void split(int place, int feature, double threshold, int left, int right, double cover) {
    nodes.set(place, new Node(feature, threshold, List.of(), left, right, 0, cover));
  }

  /** Fills a reserved place with a categorical split. */
  void split(
      int place, int feature, List<Integer> leftCategories, int left, int right, double cover) {
    nodes.set(place, new Node(feature, 0, leftCategories, left, right, 0, cover));
  }

  Tree toTree() {
    return new Tree(
        nodes.stream().mapToInt(Node::feature).toArray(),
        nodes.stream().mapToDouble(Node::threshold).toArray(),
        nodes.stream()
            .map(node -> node.leftCategories().stream().mapToInt(c -> c).toArray())
            .toArray(int[][]::new),
        nodes.stream().mapToInt(Node::left).toArray(),
        nodes.stream().mapToInt(Node::right).toArray(),
        nodes.stream().mapToDouble(Node::value).toArray(),
        nodes.stream().mapToDouble(Node::cover).toArray());
  }
}
