package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * What the residuals of a kind of product say about its next prediction.
 *
 * @param cells at least one, by ascending {@code from}
 */
public record ResidualTable(List<ResidualCell> cells, MeanCurve mean) implements Serializable {
  public ResidualTable {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a residual table needs a cell");
    }
  }

  /**
   * The median is the raw prediction as it is: the past's median residual drifts with the season
   * and, added here, made it worse.
   */
  Prediction predict(double raw) {
    ResidualCell cell = cell(raw);
    double median = Math.max(0, Math.expm1(raw));
    return new Prediction(
        raw,
        median,
        mean.units(raw),
        Math.min(median, Math.max(0, Math.expm1(raw + cell.q10()))),
        Math.max(median, Math.expm1(raw + cell.q90())));
  }

  private ResidualCell cell(double raw) {
    int cell = cells.size() - 1;
    while (cell > 0 && raw < cells.get(cell).from()) {
      cell--;
    }
    return cells.get(cell);
  }
}
