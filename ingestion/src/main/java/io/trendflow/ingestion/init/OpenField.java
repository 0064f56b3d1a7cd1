package io.trendflow.ingestion.init;

import java.util.List;

/**
 * Field that a person must decide: a column may fill it, but name or values leave it open.
 *
 * @param column column that may fill the field
 * @param why sentence about what is open, without a full stop
 * @param isUsable whether the values have a form, so that the column could be used as it is
 */
record OpenField(ColumnSample column, String why, boolean isUsable) {
  /** Returns a field whose column has a known name and values without a known form. */
  static OpenField unreadable(ColumnSample column, String expected) {
    return new OpenField(
        column,
        "column "
            + YamlText.shortened(column.name())
            + " fits by its name, but its values ("
            + String.join(", ", odd(column))
            + ") are not "
            + expected
            + " of a known form",
        false);
  }

  private static List<String> odd(ColumnSample column) {
    List<String> examples = column.numbers().examples();
    return examples.isEmpty() ? List.of(column.examples()) : examples;
  }
}
