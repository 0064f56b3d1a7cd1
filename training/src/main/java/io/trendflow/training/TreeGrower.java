package io.trendflow.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.tree.LearningNode;
import org.apache.spark.ml.tree.LearningNode$;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.ml.tree.Split;
import org.apache.spark.ml.tree.impl.DTStatsAggregator;
import org.apache.spark.ml.tree.impl.DecisionTreeMetadata;
import org.apache.spark.ml.tree.impl.RandomForest$;
import org.apache.spark.mllib.tree.impurity.ImpurityCalculator;
import org.apache.spark.mllib.tree.model.ImpurityStats;
import org.apache.spark.util.random.SamplingUtils$;
import org.apache.spark.util.random.XORShiftRandom;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator$;
import scala.reflect.ClassTag$;

/**
 * Grows MLlib's trees from examples in memory, in one thread.
 *
 * <p>MLlib starts a Spark job for each level of a tree, which takes far longer than the level if
 * there are few examples. Statistics, best splits and random numbers are MLlib's here too: the
 * trees are those of {@link BinnedExamples#tree} on one partition (ADR 20).
 */
final class TreeGrower {
  /** Bytes of a bin's statistics: weight, sum, sum of squares and count. */
  private static final long BIN_BYTES = 4L * Double.BYTES;

  private final DecisionTreeMetadata metadata;
  private final Split[][] splits;
  private final double subsample;
  private final char[][] bins;

  /**
   * @param bins bin of each feature in two bytes, for each example
   * @param subsample share of the examples to which a tree is fitted
   */
  TreeGrower(DecisionTreeMetadata metadata, Split[][] splits, double subsample, char[][] bins) {
    this.metadata = metadata;
    this.splits = splits;
    this.subsample = subsample;
    this.bins = bins;
  }

  /** Fits a tree to a sample of the examples. */
  Node tree(double[] labels, long seed) {
    int[] sample = sample(seed);
    Random random = new Random(seed);
    LearningNode root = LearningNode$.MODULE$.emptyNode(1);
    List<LearningNode> level = List.of(root);
    // The place in the level of each example's node; none if the node is a leaf.
    int[] places = new int[bins.length];
    while (!level.isEmpty()) {
      findSplits(level, sample, places, labels, random);
      level = descend(level, sample, places);
    }
    return root.toNode(true);
  }

  /** Subtracts what a tree predicts, times a weight, from the labels. */
  void subtract(Node root, double weight, double[] labels) {
    for (int i = 0; i < labels.length; i++) {
      labels[i] -= weight * root.predictBinned(BinnedExamples.wide(bins[i]), splits).prediction();
    }
  }

  /** Returns the indexes of the sampled examples, as MLlib samples the first partition. */
  private int[] sample(long seed) {
    XORShiftRandom random = new XORShiftRandom(seed + 1);
    int[] sample = new int[bins.length];
    int count = 0;
    for (int i = 0; i < bins.length; i++) {
      if (random.nextDouble() < subsample) {
        sample[count++] = i;
      }
    }
    return Arrays.copyOf(sample, count);
  }

  private void findSplits(
      List<LearningNode> level, int[] sample, int[] places, double[] labels, Random random) {
    List<int[]> features = level.stream().map(node -> features(random)).toList();
    int from = 0;
    while (from < level.size()) {
      int to = from;
      long bytes = 0;
      while (to < level.size() && (to == from || bytes < BinnedExamples.MAX_MEMORY_BYTES)) {
        bytes += bytes(features.get(to++));
      }
      DTStatsAggregator[] statistics = new DTStatsAggregator[to - from];
      for (int n = from; n < to; n++) {
        statistics[n - from] = new DTStatsAggregator(metadata, Option.apply(features.get(n)));
      }
      count(statistics, features.subList(from, to), from, sample, places, labels);
      for (int n = from; n < to; n++) {
        split(level.get(n), statistics[n - from], features.get(n));
      }
      from = to;
    }
  }

  /** Draws the features of a node. */
  private int[] features(Random random) {
    if (!metadata.subsamplingFeatures()) {
      return IntStream.range(0, metadata.numFeatures()).toArray();
    }
    Tuple2<Object, Object> drawn =
        SamplingUtils$.MODULE$.reservoirSampleAndCount(
            Iterator$.MODULE$.range(0, metadata.numFeatures()),
            metadata.numFeaturesPerNode(),
            random.nextLong(),
            ClassTag$.MODULE$.apply(int.class));
    return (int[]) drawn._1();
  }

  private long bytes(int[] features) {
    int[] numBins = metadata.numBins();
    return Arrays.stream(features).map(f -> numBins[f]).sum() * BIN_BYTES;
  }

  /** Adds the sampled examples to the statistics of their nodes, of which the first is given. */
  private void count(
      DTStatsAggregator[] statistics,
      List<int[]> features,
      int from,
      int[] sample,
      int[] places,
      double[] labels) {
    int[][] columns = features.toArray(int[][]::new);
    for (int i : sample) {
      int n = places[i] - from;
      if (n >= 0 && n < statistics.length) {
        DTStatsAggregator node = statistics[n];
        int[] drawn = columns[n];
        char[] example = bins[i];
        double label = labels[i];
        for (int f = 0; f < drawn.length; f++) {
          node.update(f, example[drawn[f]], label, 1, 1);
        }
        node.updateParent(label, 1, 1);
      }
    }
  }

  /** Splits a node at its best split, or makes it a leaf. */
  private void split(LearningNode node, DTStatsAggregator statistics, int[] features) {
    Tuple2<Split, ImpurityStats> best =
        RandomForest$.MODULE$.binsToBestSplit(statistics, splits, Option.apply(features), node);
    ImpurityStats stats = best._2();
    int depth = LearningNode$.MODULE$.indexToLevel(node.id());
    node.stats_$eq(stats);
    node.isLeaf_$eq(stats.gain() <= 0 || depth == metadata.maxDepth());
    if (!node.isLeaf()) {
      boolean last = depth + 1 == metadata.maxDepth();
      node.split_$eq(Option.apply(best._1()));
      node.leftChild_$eq(
          Option.apply(
              child(
                  LearningNode$.MODULE$.leftChildIndex(node.id()),
                  last,
                  stats.leftImpurityCalculator())));
      node.rightChild_$eq(
          Option.apply(
              child(
                  LearningNode$.MODULE$.rightChildIndex(node.id()),
                  last,
                  stats.rightImpurityCalculator())));
    }
  }

  private static LearningNode child(int id, boolean last, ImpurityCalculator examples) {
    boolean pure = Math.abs(examples.calculate()) < Math.ulp(1.0);
    return LearningNode$.MODULE$.apply(
        id, last || pure, ImpurityStats.getEmptyImpurityStats(examples));
  }

  /** Sends the examples to the children and returns those that are not leaves. */
  private List<LearningNode> descend(List<LearningNode> level, int[] sample, int[] places) {
    List<LearningNode> below = new ArrayList<>();
    for (LearningNode node : level) {
      if (!node.isLeaf()) {
        addInner(below, node.leftChild().get());
        addInner(below, node.rightChild().get());
      }
    }
    // MLlib takes the nodes from a stack, and draws features in this order.
    Collections.reverse(below);
    Children[] children = new Children[level.size()];
    Arrays.setAll(children, n -> Children.of(level.get(n), below));
    for (int i : sample) {
      int place = places[i];
      if (place >= 0) {
        Children next = children[place];
        places[i] = next == null ? -1 : next.place(bins[i], splits);
      }
    }
    return below;
  }

  private static void addInner(List<LearningNode> nodes, LearningNode node) {
    if (!node.isLeaf()) {
      nodes.add(node);
    }
  }

  /** Places of a node's children in the next level; -1 if a child is a leaf. */
  private record Children(Split split, int left, int right) {
    static @Nullable Children of(LearningNode node, List<LearningNode> below) {
      return node.isLeaf()
          ? null
          : new Children(
              node.split().get(),
              below.indexOf(node.leftChild().get()),
              below.indexOf(node.rightChild().get()));
    }

    int place(char[] example, Split[][] splits) {
      int feature = split.featureIndex();
      return split.shouldGoLeft(example[feature], splits[feature]) ? left : right;
    }
  }
}
