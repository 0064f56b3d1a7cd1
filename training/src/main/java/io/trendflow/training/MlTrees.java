package io.trendflow.training;

import io.trendflow.model.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.tree.CategoricalSplit;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.ml.tree.Split;

/** Copies a tree of MLlib, parents before their children, its weight folded into the leaves. */
final class MlTrees {
  private final double weight;
  private final List<Flat> nodes = new ArrayList<>();

  private record Flat(
      int feature,
      double threshold,
      List<Integer> leftCategories,
      int left,
      int right,
      double value,
      double cover) {}

  private MlTrees(double weight) {
    this.weight = weight;
  }

  static List<Tree> of(GBTRegressionModel model) {
    double[] weights = model.treeWeights();
    List<Tree> trees = new ArrayList<>();
    for (DecisionTreeRegressionModel tree : model.trees()) {
      MlTrees copy = new MlTrees(weights[trees.size()]);
      copy.add(tree.rootNode());
      trees.add(copy.toTree());
    }
    return trees;
  }

  private int add(Node node) {
    int index = nodes.size();
    double cover = node.impurityStats().count();
    if (node instanceof InternalNode inner) {
      nodes.add(new Flat(Tree.LEAF, 0, List.of(), -1, -1, 0, cover));
      int left = add(inner.leftChild());
      int right = add(inner.rightChild());
      nodes.set(index, inner(inner.split(), left, right, cover));
    } else {
      double value = node.prediction() * weight;
      nodes.add(new Flat(Tree.LEAF, 0, List.of(), -1, -1, value, cover));
    }
    return index;
  }

  private static Flat inner(Split split, int left, int right, double cover) {
    if (split instanceof CategoricalSplit categorical) {
      List<Integer> categories =
          Arrays.stream(categorical.leftCategories()).mapToObj(c -> (int) c).sorted().toList();
      return new Flat(split.featureIndex(), 0, categories, left, right, 0, cover);
    }
    double threshold = ((ContinuousSplit) split).threshold();
    return new Flat(split.featureIndex(), threshold, List.of(), left, right, 0, cover);
  }

  private Tree toTree() {
    return new Tree(
        nodes.stream().mapToInt(Flat::feature).toArray(),
        nodes.stream().mapToDouble(Flat::threshold).toArray(),
        nodes.stream()
            .map(node -> node.leftCategories().stream().mapToInt(c -> c).toArray())
            .toArray(int[][]::new),
        nodes.stream().mapToInt(Flat::left).toArray(),
        nodes.stream().mapToInt(Flat::right).toArray(),
        nodes.stream().mapToDouble(Flat::value).toArray(),
        nodes.stream().mapToDouble(Flat::cover).toArray());
  }
}
