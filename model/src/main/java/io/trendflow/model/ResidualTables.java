package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Distributions of the model's out-of-sample errors by lifecycle and predicted volume: the source
 * of the predicted quantiles. They are the finite-sample quantiles of split conformal prediction,
 * which shrink towards those of all lifecycles if a lifecycle has few residuals.
 *
 * @param byLifecycle table of each lifecycle that has residuals
 * @param all table of all residuals, for the other lifecycles; null if no residuals are known
 */
public record ResidualTables(Map<String, ResidualTable> byLifecycle, @Nullable ResidualTable all)
    implements Serializable {
  private static final int MIN_PER_CELL = 100;
  private static final int MAX_BINS = 10;

  /** Pseudo-count of the prior (shrinkage strength) of a cell's quantiles, in residuals. */
  private static final double PRIOR_RESIDUALS = 50;

  /** Pseudo-count of the prior of a lifecycle's spread, in residuals. */
  private static final double PRIOR_SPREAD = 10;

  private static final double MAX_WIDTHS = 4;

  public ResidualTables {
    byLifecycle = Collections.unmodifiableSortedMap(new TreeMap<>(byLifecycle));
  }

  /** Returns the tables of a model whose errors are unknown. */
  public static ResidualTables unknown() {
    return new ResidualTables(Map.of(), null);
  }

  /** Computes the tables from out-of-sample residuals, in any order. */
  public static ResidualTables of(Collection<PredictionResidual> residuals) {
    if (residuals.size() < ResidualCell.MIN_RESIDUALS) {
      return unknown();
    }
    List<PredictionResidual> sorted = PredictionResidual.sorted(residuals);
    ResidualTable all =
        new ResidualTable(
            bins(sorted).stream()
                .map(bin -> cell(from(bin), bin.size(), quantiles(bin, PredictionResidual::value)))
                .toList());
    double usual = spread(sorted, all);
    Map<String, ResidualTable> tables = new TreeMap<>();
    sorted.stream()
        .collect(groupingBy(PredictionResidual::lifecycle))
        .forEach((lifecycle, own) -> tables.put(lifecycle, shrunken(own, all, usual)));
    return new ResidualTables(tables, all);
  }

  /** Returns the cell of similar predictions; null if no residuals are known. */
  @Nullable ResidualCell cell(String lifecycle, double raw) {
    ResidualTable table = byLifecycle.getOrDefault(lifecycle, all);
    return table == null ? null : table.cell(raw);
  }

  /**
   * Returns a lifecycle's table. Its prior is the table of all residuals, widened or narrowed by
   * the lifecycle's spread, because a few residuals determine a spread but not a tail. With less
   * than two cells' residuals, the lifecycle's quantiles are those of the residuals in units of the
   * width that is usual for their volume.
   */
  private static ResidualTable shrunken(
      List<PredictionResidual> own, ResidualTable all, double usual) {
    double n = own.size();
    double ratio = usual > 0 ? spread(own, all) / usual : 1;
    double factor = (n * ratio + PRIOR_SPREAD) / (n + PRIOR_SPREAD);
    List<List<PredictionResidual>> bins = bins(own);
    if (bins.size() > 1) {
      return new ResidualTable(
          bins.stream()
              .map(
                  bin ->
                      mixed(
                          from(bin),
                          bin.size(),
                          quantiles(bin, PredictionResidual::value),
                          all.cell(bin.get(bin.size() / 2).rawPrediction()).scaled(factor)))
              .toList());
    }
    double[] standardized = quantiles(own, residual -> standardized(residual, all));
    return new ResidualTable(
        all.cells().stream()
            .map(
                cell ->
                    mixed(
                        cell.from(),
                        own.size(),
                        Arrays.stream(standardized).map(q -> q * cell.halfWidth()).toArray(),
                        cell.scaled(factor)))
            .toList());
  }

  /** Returns the cell whose quantiles are weighted means of a lifecycle's own and the prior's. */
  private static ResidualCell mixed(double from, int n, double[] own, ResidualCell prior) {
    double weight = n / (n + PRIOR_RESIDUALS);
    double[] quantiles = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      quantiles[i] = weight * own[i] + (1 - weight) * prior.quantiles().get(i);
    }
    return cell(from, n, quantiles);
  }

  private static ResidualCell cell(double from, int n, double[] quantiles) {
    return new ResidualCell(from, n, Arrays.stream(quantiles).boxed().toList());
  }

  private static double[] quantiles(
      List<PredictionResidual> residuals, ToDoubleFunction<PredictionResidual> value) {
    return ResidualCell.conformal(residuals.stream().mapToDouble(value).sorted().toArray());
  }

  /**
   * Returns the mean absolute residual, in units of the width that is usual for its volume, each
   * limited so that a single one can't dominate.
   */
  private static double spread(List<PredictionResidual> residuals, ResidualTable all) {
    return residuals.stream()
        .mapToDouble(residual -> Math.min(MAX_WIDTHS, Math.abs(standardized(residual, all))))
        .average()
        .orElseThrow();
  }

  private static double standardized(PredictionResidual residual, ResidualTable all) {
    return residual.value() / all.cell(residual.rawPrediction()).halfWidth();
  }

  private static double from(List<PredictionResidual> bin) {
    return bin.get(0).rawPrediction();
  }

  /** Returns bins with equal numbers of residuals, by predicted volume. */
  private static List<List<PredictionResidual>> bins(List<PredictionResidual> sorted) {
    int n = sorted.size();
    int count = Math.max(1, Math.min(MAX_BINS, n / MIN_PER_CELL));
    List<List<PredictionResidual>> bins = new ArrayList<>();
    for (int bin = 0; bin < count; bin++) {
      int from = (int) ((long) n * bin / count);
      int to = (int) ((long) n * (bin + 1) / count);
      bins.add(sorted.subList(from, to));
    }
    return bins;
  }
}
