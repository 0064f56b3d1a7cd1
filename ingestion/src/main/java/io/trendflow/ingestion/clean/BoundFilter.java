package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.ColumnConfig;
import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configured filter, bound to a column of a file. */
final class BoundFilter {
  private final FilterConfig config;
  private final BoundColumns columns;
  private final @Nullable Pattern pattern;

  /** How a field that is filled by the column has its numbers. */
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

  /** Text that is no number passes, so that it is rejected as the defect it is. */
  private boolean notAbove(String text, double limit) {
    try {
      return BoundField.decimal(numbers, text).doubleValue() <= limit;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
