package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.ColumnConfig;
import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Configured filter, bound to a column of a file. */
final class BoundFilter {
  private final FilterConfig config;
  private final BoundColumns columns;
  private final @Nullable Pattern pattern;

  /** Number format of the field that the same column fills; null if the column fills no field. */
  private final @Nullable ColumnConfig numbers;

  BoundFilter(FilterConfig config, SourceConfig source, FileHeader header)
      throws FileRejectedException {
    this.config = config;
    this.columns = new BoundColumns(config.column(), config.optional(), header);
    this.pattern = config.pattern();
    this.numbers =
        source.columns().values().stream()
            .filter(column -> !Collections.disjoint(column.column(), config.column()))
            .findFirst()
            .orElse(null);
  }

  String rule() {
    return config.rule();
  }

  boolean excludes(String[] record) {
    if (!columns.bound()) {
      return false;
    }
    String text = columns.text(record);
    if (pattern != null) {
      boolean matches = pattern.matcher(text).matches();
      return config.keepMatching() == null ? matches : !matches;
    }
    return config.keepAbove() != null && notAbove(text, config.keepAbove());
  }

  /**
   * Returns whether the number is not greater than the limit. Text that is not a number passes the
   * filter, so that the record is rejected for it.
   */
  private boolean notAbove(String text, double limit) {
    try {
      return NumberText.decimal(numbers, text).doubleValue() <= limit;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
