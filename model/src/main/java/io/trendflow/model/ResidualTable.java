package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * Residual cells of one kind of product, from which the error of its next prediction is estimated.
 *
 * @param cells at least one, sorted by ascending {@code from}
 */
public record ResidualTable(List<ResidualCell> cells) implements Serializable {
  public ResidualTable {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a residual table must have at least one cell");
    }
  }

  /** Returns the cell that a raw prediction belongs to. */
  ResidualCell cell(double raw) {
    int cell = cells.size() - 1;
    while (cell > 0 && raw < cells.get(cell).from()) {
      cell--;
    }
    return cells.get(cell);
  }
}
