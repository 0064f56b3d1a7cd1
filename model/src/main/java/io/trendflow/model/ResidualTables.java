package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Out-of-sample errors of the model by lifecycle and predicted volume: the source of the 80 %
 * interval of split conformal prediction.
 *
 * @param byLifecycle tables of at least 100 residuals each; a lifecycle with fewer is absent
 * @param all table of all residuals, for the other lifecycles; null if no residuals are known
 */
public record ResidualTables(Map<String, ResidualTable> byLifecycle, @Nullable ResidualTable all)
    implements Serializable {
  private static final int MIN_PER_CELL = 100;
  private static final int MAX_BINS = 10;

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
    Map<String, ResidualTable> tables = new TreeMap<>();
    sorted.stream()
        .collect(groupingBy(PredictionResidual::lifecycle))
        .forEach(
            (lifecycle, own) -> {
              if (own.size() >= MIN_PER_CELL) {
                tables.put(lifecycle, new ResidualTable(cells(own)));
              }
            });
    return new ResidualTables(tables, new ResidualTable(List.of(ResidualCell.of(sorted))));
  }

  /** Returns the cell of similar predictions; null if no residuals are known. */
  @Nullable ResidualCell cell(String lifecycle, double raw) {
    ResidualTable table = byLifecycle.getOrDefault(lifecycle, all);
    return table == null ? null : table.cell(raw);
  }

  /** Returns cells with equal numbers of residuals, by predicted volume. */
  private static List<ResidualCell> cells(List<PredictionResidual> sorted) {
    int n = sorted.size();
    int bins = Math.min(MAX_BINS, n / MIN_PER_CELL);
    List<ResidualCell> cells = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int from = (int) ((long) n * bin / bins);
      int to = (int) ((long) n * (bin + 1) / bins);
      cells.add(ResidualCell.of(sorted.subList(from, to)));
    }
    return List.copyOf(cells);
  }
}
