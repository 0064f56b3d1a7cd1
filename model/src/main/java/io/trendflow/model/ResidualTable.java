package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * What the residuals of a kind of product say about the error of its next prediction.
 *
 * @param cells at least one, by ascending {@code from}
 */
public record ResidualTable(List<ResidualCell> cells) implements Serializable {
  public ResidualTable {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a residual table needs a cell");
    }
  }

  /** The cell of a raw prediction's volume. */
  ResidualCell cell(double raw) {
    int cell = cells.size() - 1;
    while (cell > 0 && raw < cells.get(cell).from()) {
      cell--;
    }
    return cells.get(cell);
  }
}
