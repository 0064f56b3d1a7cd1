package io.trendflow.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trendflow.model.InputFeature;
import io.trendflow.model.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Copies the trees of an XGBoost model from its JSON form. */
final class XgboostTrees {
  private final JsonNode tree;
  private final List<InputFeature> inputs;
  private final TreeNodes nodes = new TreeNodes();

  private XgboostTrees(JsonNode tree, List<InputFeature> inputs) {
    this.tree = tree;
    this.inputs = inputs;
  }

  static FittedEnsemble of(byte[] json, List<InputFeature> inputs) throws IOException {
    JsonNode learner = new ObjectMapper().readTree(json).path("learner");
    List<Tree> trees = new ArrayList<>();
    for (JsonNode tree : learner.path("gradient_booster").path("model").path("trees")) {
      XgboostTrees copy = new XgboostTrees(tree, inputs);
      copy.add(0);
      trees.add(copy.nodes.toTree());
    }
    // XGBoost 3.1 and later write a list of one element.
    String base = learner.path("learner_model_param").path("base_score").asText();
    return new FittedEnsemble(Float.parseFloat(base.replaceAll("[\\[\\]]", "")), trees);
  }

  private int add(int node) {
    double cover = number("sum_hessian", node);
    int leftChild = whole("left_children", node);
    if (leftChild < 0) {
      return nodes.leaf(number("split_conditions", node), cover);
    }
    int place = nodes.reserve();
    int left = add(leftChild);
    int right = add(whole("right_children", node));
    int feature = whole("split_indices", node);
    if (whole("split_type", node) == 1) {
      nodes.split(place, feature, leftCategories(node, feature), left, right, cover);
    } else {
      nodes.split(place, feature, threshold(node), left, right, cover);
    }
    return place;
  }

  /** Returns the categories that go left; XGBoost lists the categories that go right. */
  private List<Integer> leftCategories(int node, int feature) {
    int list =
        IntStream.iterate(0, i -> i + 1)
            .filter(i -> whole("categories_nodes", i) == node)
            .findFirst()
            .orElseThrow();
    int first = whole("categories_segments", list);
    Set<Integer> right = new HashSet<>();
    for (int i = first; i < first + whole("categories_sizes", list); i++) {
      right.add(whole("categories", i));
    }
    return IntStream.range(0, ExampleVectors.arity(inputs.get(feature)))
        .boxed()
        .filter(category -> !right.contains(category))
        .toList();
  }

  /**
   * Returns the highest number that goes left; XGBoost sends numbers below the condition to the
   * left.
   */
  private double threshold(int node) {
    return Math.nextDown((float) number("split_conditions", node));
  }

  private double number(String field, int index) {
    return (float) tree.path(field).path(index).asDouble();
  }

  private int whole(String field, int index) {
    return tree.path(field).path(index).asInt();
  }
}
