package io.trendflow.ingestion.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Table with one column for each metric or term that is read as one record per cell.
 *
 * @param columns columns whose cells become records
 * @param name field of the records with the name of the cell's column
 * @param value field of the records with the cell's text
 */
public record UnpivotConfig(List<String> columns, String name, String value)
    implements Serializable {

  /** Creates a setting with default names for absent ones. */
  public UnpivotConfig(
      @Nullable List<String> columns, @Nullable String name, @Nullable String value) {
    this.columns = ConfigValidation.copy(columns);
    this.name = name == null ? "name" : name;
    this.value = value == null ? "value" : value;
    ConfigValidation.that(
        !this.columns.isEmpty(), "unpivot.columns is empty: name the columns with values.");
  }
}
