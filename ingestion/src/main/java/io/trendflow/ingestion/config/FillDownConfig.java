package io.trendflow.ingestion.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose values an export writes only into the first of several related lines.
 *
 * @param key column with the same text in all related lines
 * @param columns columns whose empty values are filled from the previous line
 */
public record FillDownConfig(String key, List<String> columns) implements Serializable {

  /** Creates a validated setting. */
  public FillDownConfig(@Nullable String key, @Nullable List<String> columns) {
    this.key =
        ConfigValidation.given(
            key, "fill_down.key is missing: name the column with the common key.");
    this.columns = ConfigValidation.copy(columns);
    ConfigValidation.that(
        !this.columns.isEmpty(), "fill_down.columns is empty: name the columns to fill down.");
  }
}
