package io.trendflow.ingestion.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with one column for each metric or term, read as one record for each of its cells.
 *
 * @param columns whose cells become records
 * @param name what the records call the column that they come from
 * @param value what they call the cell's text
 */
public record UnpivotConfig(List<String> columns, String name, String value)
    implements Serializable {

  /** As configured; what is absent takes its default. */
  public UnpivotConfig(
      @Nullable List<String> columns, @Nullable String name, @Nullable String value) {
    this.columns = ConfigValidation.copy(columns);
    this.name = name == null ? "name" : name;
    this.value = value == null ? "value" : value;
    ConfigValidation.that(
        !this.columns.isEmpty(), "unpivot.columns is empty: name the columns of values.");
  }
}
