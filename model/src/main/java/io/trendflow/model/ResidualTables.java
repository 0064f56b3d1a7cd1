package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far off the model was out of sample, by lifecycle and predicted volume. They turn a raw
 * prediction into median, mean and an 80 % interval (split conformal prediction; the mean by Duan's
 * smearing estimate).
 *
 * @param byLifecycle per lifecycle its cells by ascending {@code from}, each of at least 100
 *     residuals; a lifecycle with fewer is absent
 * @param all the cell of all residuals, for the other lifecycles; null where no residuals are known
 */
public record ResidualTables(
    Map<String, List<ResidualCell>> byLifecycle, @Nullable ResidualCell all)
    implements Serializable {
  private static final int MIN_PER_CELL = 100;
  private static final int MAX_BINS = 10;

  public ResidualTables {
    byLifecycle = Collections.unmodifiableSortedMap(new TreeMap<>(byLifecycle));
  }

  /** The tables of a model whose errors are unknown. */
  public static ResidualTables unknown() {
    return new ResidualTables(Map.of(), null);
  }

  /** The tables that follow from out-of-sample residuals; their order is irrelevant. */
  public static ResidualTables of(Collection<Residual> residuals) {
    if (residuals.size() < ResidualCell.MIN_RESIDUALS) {
      return unknown();
    }
    Map<String, List<ResidualCell>> cells = new TreeMap<>();
    residuals.stream()
        .collect(groupingBy(Residual::lifecycle))
        .forEach(
            (lifecycle, own) -> {
              if (own.size() >= MIN_PER_CELL) {
                cells.put(lifecycle, bins(own));
              }
            });
    return new ResidualTables(cells, ResidualCell.of(List.copyOf(residuals)));
  }

  /** What a raw prediction means for a product of a lifecycle. */
  public Prediction predict(String lifecycle, double raw) {
    List<ResidualCell> cells = byLifecycle.get(lifecycle);
    if (cells == null) {
      return all == null ? Prediction.uncorrected(raw) : all.predict(raw);
    }
    int cell = cells.size() - 1;
    while (cell > 0 && raw < cells.get(cell).from()) {
      cell--;
    }
    return cells.get(cell).predict(raw);
  }

  private static List<ResidualCell> bins(List<Residual> residuals) {
    List<Residual> sorted =
        residuals.stream()
            .sorted(
                Comparator.comparingDouble(Residual::rawPrediction)
                    .thenComparingDouble(Residual::actualUnits))
            .toList();
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
