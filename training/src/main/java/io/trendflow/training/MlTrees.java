package io.trendflow.training;

import io.trendflow.model.Tree;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.tree.CategoricalSplit;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;

/** Copies a tree of MLlib and multiplies its leaves by a weight. */
final class MlTrees {
  private final double weight;
  private final TreeNodes nodes = new TreeNodes();

  private MlTrees(double weight) {
    this.weight = weight;
  }

  static Tree of(Node root, double weight) {
    MlTrees copy = new MlTrees(weight);
    copy.add(root);
    return copy.nodes.toTree();
  }

  private int add(Node node) {
    double cover = node.impurityStats().count();
    if (!(node instanceof InternalNode inner)) {
      return nodes.leaf(node.prediction() * weight, cover);
    }
    int place = nodes.reserve();
    int left = add(inner.leftChild());
    int right = add(inner.rightChild());
    int feature = inner.split().featureIndex();
    if (inner.split() instanceof CategoricalSplit categorical) {
      List<Integer> categories =
          Arrays.stream(categorical.leftCategories()).mapToObj(c -> (int) c).sorted().toList();
      nodes.split(place, feature, categories, left, right, cover);
    } else {
      double threshold = ((ContinuousSplit) inner.split()).threshold();
      nodes.split(place, feature, threshold, left, right, cover);
    }
    return place;
  }
}
