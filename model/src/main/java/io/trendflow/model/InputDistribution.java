package io.trendflow.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Distribution of an input's encoded values over bins.
 *
 * @param name name of the input
 * @param edges upper edges of the bins of a number except the last, ascending; empty for a category
 * @param shares share of each bin: of a number, the bins between the edges and the missing values;
 *     of a category, each one with an index and all others together
 * @param usualIndex largest population stability index of a single cutoff against all of them,
 *     which the seasons alone bring about
 */
public record InputDistribution(
    String name, List<Double> edges, List<Double> shares, double usualIndex)
    implements Serializable {
  private static final int BINS = 10;

  public InputDistribution {
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
  }

  /** Returns the bin of an encoded value. */
  static int bin(InputFeature feature, List<Double> edges, double missing, double encoded) {
    if (feature.kind() == InputFeature.Kind.CATEGORICAL) {
      return (int) encoded;
    }
    if (encoded == missing) {
      return edges.size() + 1;
    }
    int bin = 0;
    while (bin < edges.size() && encoded > edges.get(bin)) {
      bin++;
    }
    return bin;
  }

  /** Returns the deciles of the values that are not missing, each once; empty for a category. */
  static List<Double> deciles(InputFeature feature, double missing, double[] encoded) {
    double[] known =
        feature.kind() == InputFeature.Kind.CATEGORICAL
            ? new double[0]
            : Arrays.stream(encoded).filter(value -> value != missing).sorted().toArray();
    TreeSet<Double> edges = new TreeSet<>();
    for (int i = 1; i < BINS && known.length > 0; i++) {
      edges.add(known[(int) ((long) i * known.length / BINS)]);
    }
    return List.copyOf(edges);
  }

  /**
   * Returns the share of values in each bin.
   *
   * @param encoded encoded values of the input
   */
  public double[] sharesOf(InputFeature feature, double missing, double[] encoded) {
    return shares(feature, edges, missing, encoded);
  }

  static double[] shares(
      InputFeature feature, List<Double> edges, double missing, double[] encoded) {
    int bins =
        feature.kind() == InputFeature.Kind.CATEGORICAL
            ? feature.categories().size() + 1
            : edges.size() + 2;
    double[] shares = new double[bins];
    for (double value : encoded) {
      shares[bin(feature, edges, missing, value)] += 1.0 / encoded.length;
    }
    return shares;
  }

  /** Returns the shares as an array. */
  public double[] shareArray() {
    return shares.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Returns the share of values that are missing, or that are categories without an index of their
   * own.
   */
  public double unknownShare() {
    return shares.get(shares.size() - 1);
  }
}
