package io.trendflow.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Distributions of the inputs in the training examples, with which later inputs are compared.
 *
 * @param inputs one distribution for each input, in the order of the model's features
 */
public record InputReference(List<InputDistribution> inputs) implements Serializable {
  /** Fewest rows from which a distribution over ten bins is told apart from another. */
  public static final int LEAST_ROWS = 200;

  private static final double DIGITS = 1e6;

  public InputReference {
    inputs = List.copyOf(inputs);
  }

  /**
   * Computes the distributions.
   *
   * @param cutoffs cutoff of each row
   * @param rows rows of {@link FeatureEncoder#encode}
   */
  public static InputReference of(
      List<InputFeature> features, double missing, List<LocalDate> cutoffs, List<double[]> rows) {
    Map<LocalDate, List<double[]>> byCutoff = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byCutoff.computeIfAbsent(cutoffs.get(i), day -> new ArrayList<>()).add(rows.get(i));
    }
    byCutoff.values().removeIf(own -> own.size() < LEAST_ROWS);
    List<InputDistribution> inputs = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      InputFeature feature = features.get(i);
      double[] all = column(rows, i);
      List<Double> edges = InputDistribution.deciles(feature, missing, all);
      double[] shares = InputDistribution.shares(feature, edges, missing, all);
      double usual = 0;
      for (List<double[]> own : byCutoff.values()) {
        double[] one = InputDistribution.shares(feature, edges, missing, column(own, i));
        usual = Math.max(usual, PopulationStability.index(shares, one));
      }
      inputs.add(
          new InputDistribution(
              feature.name(),
              edges,
              Arrays.stream(shares).mapToObj(InputReference::rounded).toList(),
              rounded(usual)));
    }
    return new InputReference(inputs);
  }

  private static double rounded(double value) {
    return Math.rint(value * DIGITS) / DIGITS;
  }

  /** Returns the values of one input. */
  public static double[] column(List<double[]> rows, int input) {
    return rows.stream().mapToDouble(row -> row[input]).toArray();
  }
}
