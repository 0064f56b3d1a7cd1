package io.trendflow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.model.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.LeafNode;
import org.apache.spark.mllib.tree.impurity.VarianceCalculator;

/** Tree of XGBoost's JSON dump with statistics, for TrendFlow's evaluator and for MLlib's. */
final class PeerTree {
  private record Node(
      int feature, double threshold, int left, int right, double value, double cover) {}

  private final List<Node> nodes = new ArrayList<>();

  PeerTree(JsonNode dump) {
    add(dump);
  }

  Tree ours() {
    return new Tree(
        ints(Node::feature),
        doubles(Node::threshold),
        new int[nodes.size()][0],
        ints(Node::left),
        ints(Node::right),
        doubles(Node::value),
        doubles(Node::cover));
  }

  DecisionTreeRegressionModel mllib(int features) {
    return new DecisionTreeRegressionModel(mllibNode(0), features);
  }

  /**
   * Adds a node and its subtree. XGBoost goes left below the threshold, the others up to and
   * including it.
   */
  private int add(JsonNode dump) {
    int index = nodes.size();
    double cover = dump.path("cover").doubleValue();
    nodes.add(new Node(Tree.LEAF, 0, -1, -1, dump.path("leaf").doubleValue(), cover));
    if (!dump.has("leaf")) {
      int feature = Integer.parseInt(dump.path("split").asText().substring(1));
      double threshold = Math.nextDown(dump.path("split_condition").floatValue());
      int left = add(child(dump, "yes"));
      int right = add(child(dump, "no"));
      nodes.set(index, new Node(feature, threshold, left, right, 0, cover));
    }
    return index;
  }

  private static JsonNode child(JsonNode dump, String answer) {
    for (JsonNode child : dump.path("children")) {
      if (child.path("nodeid").intValue() == dump.path(answer).intValue()) {
        return child;
      }
    }
    throw new IllegalArgumentException(
        "node " + dump.path("nodeid") + " does not have the child " + answer);
  }

  private org.apache.spark.ml.tree.Node mllibNode(int index) {
    Node node = nodes.get(index);
    VarianceCalculator unused = new VarianceCalculator(new double[3], 0);
    return node.feature() == Tree.LEAF
        ? new LeafNode(node.value(), 0, unused)
        : new InternalNode(
            0,
            0,
            0,
            mllibNode(node.left()),
            mllibNode(node.right()),
            new ContinuousSplit(node.feature(), node.threshold()),
            unused);
  }

  private int[] ints(ToIntFunction<Node> part) {
    return nodes.stream().mapToInt(part).toArray();
  }

  private double[] doubles(ToDoubleFunction<Node> part) {
    return nodes.stream().mapToDouble(part).toArray();
  }
}
