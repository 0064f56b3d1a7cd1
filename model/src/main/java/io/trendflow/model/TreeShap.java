package io.trendflow.model;

import java.util.Arrays;

/**
 * Exact path-dependent Shapley values of one tree. The players are the features; the worth of a set
 * of features is the tree's mean prediction if only they are known, while the others follow the
 * covers (Lundberg et al., From local explanations to global understanding with explainable AI for
 * trees, 2020).
 *
 * <p>The probability of reaching a leaf of value v is a product over the features of its path. The
 * factor of a known feature is o: 1 if the row meets all the path's splits on that feature,
 * otherwise 0. The factor of every other feature is z, the share of the cover that meets these
 * splits. The Shapley value of feature f weights a set of s of the d - 1 other features by s! (d -
 * 1 - s)! / d!, which is the integral of t^s (1 - t)^(d - 1 - s) over t from 0 to 1. The sum over
 * all sets is therefore
 *
 * <pre>v (o_f - z_f) x integral of the product over j != f of (o_j t + z_j (1 - t))</pre>
 *
 * <p>and a polynomial of degree d - 1 is integrated exactly from its values at d / 2 points. The
 * algorithm multiplies the factors on the way down the tree and adds the products on the way up:
 * the cost of a row is the number of nodes x points, not the number of sets. If a path splits on a
 * feature again, the deeper factor replaces the earlier one.
 */
final class TreeShap {
  /** The row has left the path further up, at a split on the same feature. */
  private static final int LEFT_BEFORE = 0;

  /** The row leaves the path at the split above. */
  private static final int LEAVES = 1;

  /** The row meets every split of the path on the feature of the split above. */
  private static final int MEETS = 2;

  private static final int STATES = 3;

  private final Tree tree;
  private final GaussLegendre rule;
  private final int points;
  private final int[] parent;

  /**
   * For each node, the nearest node above it that follows a split on the same feature; 0 if none.
   */
  private final int[] before;

  /**
   * For each node, state and point, the factor of the product; the factor of a leaf includes its
   * value.
   */
  private final double[] factor;

  /**
   * For each node, state and point, the weight of the sum over the leaves below for the feature.
   */
  private final double[] gain;

  /**
   * Prepares a tree.
   *
   * @param rule a rule that is exact for polynomials of a degree below the tree's depth
   */
  TreeShap(Tree tree, GaussLegendre rule) {
    this.tree = tree;
    this.rule = rule;
    this.points = rule.points.length;
    this.parent = new int[tree.size()];
    this.before = new int[tree.size()];
    this.factor = new double[tree.size() * STATES * points];
    this.gain = new double[factor.length];
    double[] met = new double[tree.size()];
    met[0] = 1;
    for (int node = 0; node < tree.size(); node++) {
      if (!tree.isLeaf(node)) {
        prepare(node, tree.left(node), met);
        prepare(node, tree.right(node), met);
      }
    }
  }

  /**
   * Adds the tree's contributions for an encoded row.
   *
   * @param encoded a row of {@link FeatureEncoder#encode}
   * @param contributions one per feature, added to
   * @param states overwritten, at least one per node
   * @param sums overwritten, at least one per node and point of the rule
   */
  void add(double[] encoded, double[] contributions, int[] states, double[] sums) {
    down(encoded, states, sums);
    up(contributions, states, sums);
  }

  private void down(double[] encoded, int[] states, double[] sums) {
    System.arraycopy(rule.weights, 0, sums, 0, points);
    states[0] = MEETS;
    for (int node = 0; node < parent.length; node++) {
      if (!tree.isLeaf(node)) {
        boolean toLeft = tree.goesLeft(node, encoded);
        enter(tree.left(node), toLeft, states, sums);
        enter(tree.right(node), !toLeft, states, sums);
        Arrays.fill(sums, node * points, (node + 1) * points, 0);
      }
    }
  }

  private void enter(int node, boolean meets, int[] states, double[] sums) {
    int state = states[before[node]] == MEETS ? (meets ? MEETS : LEAVES) : LEFT_BEFORE;
    states[node] = state;
    int from = parent[node] * points;
    int to = node * points;
    int at = at(node, state);
    for (int i = 0; i < points; i++) {
      sums[to + i] = sums[from + i] * factor[at + i];
    }
  }

  private void up(double[] contributions, int[] states, double[] sums) {
    for (int node = parent.length - 1; node > 0; node--) {
      int from = node * points;
      int to = parent[node] * points;
      int at = at(node, states[node]);
      double contribution = 0;
      for (int i = 0; i < points; i++) {
        contribution += sums[from + i] * gain[at + i];
        sums[to + i] += sums[from + i];
      }
      contributions[tree.feature(parent[node])] += contribution;
    }
  }

  private int at(int node, int state) {
    return (node * STATES + state) * points;
  }

  /** Computes the factors of a child; its parent must be complete. */
  private void prepare(int from, int node, double[] met) {
    parent[node] = from;
    before[node] = before(node);
    double earlier = met[before[node]];
    double share = tree.share(from, node);
    met[node] = earlier * share;
    double value = tree.isLeaf(node) ? tree.value(node) : 1;
    for (int i = 0; i < points; i++) {
      double t = rule.points[i];
      double old = t + earlier * (1 - t);
      double now = t + met[node] * (1 - t);
      factor[at(node, LEFT_BEFORE) + i] = value * share;
      factor[at(node, LEAVES) + i] = value * met[node] * (1 - t) / old;
      factor[at(node, MEETS) + i] = value * now / old;
      gain[at(node, LEAVES) + i] = -1 / (1 - t) - (1 - earlier) / old;
      gain[at(node, MEETS) + i] = (1 - met[node]) / now - (1 - earlier) / old;
    }
  }

  private int before(int node) {
    int feature = tree.feature(parent[node]);
    int above = parent[node];
    while (above > 0 && tree.feature(parent[above]) != feature) {
      above = parent[above];
    }
    return above;
  }
}
