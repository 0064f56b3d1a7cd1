package io.trendflow.ingestion.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns that an export writes only into the first of the lines that belong together.
 *
 * @param key column whose text is the same in these lines
 * @param columns what the later lines take from the line before them where their own is empty
 */
public record FillDownConfig(String key, List<String> columns) implements Serializable {

  /** As configured. */
  public FillDownConfig(@Nullable String key, @Nullable List<String> columns) {
    this.key =
        ConfigValidation.given(key, "fill_down.key is missing: name the column of the common key.");
    this.columns = ConfigValidation.copy(columns);
    ConfigValidation.that(
        !this.columns.isEmpty(), "fill_down.columns is empty: name what is filled down.");
  }
}
