package io.trendflow.ingestion;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configured filter, bound to a column of a file. */
final class BoundFilter {
  private final FilterConfig config;
  private final BoundColumns columns;
  private final @Nullable Pattern pattern;

  BoundFilter(FilterConfig config, Header header) throws Refusal {
    this.config = config;
    this.columns = new BoundColumns(config.column(), config.optional(), header);
    this.pattern = config.pattern();
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
  private static boolean notAbove(String text, double limit) {
    try {
      boolean number = text.length() <= BoundField.LONGEST_NUMBER;
      return number && new BigDecimal(text).doubleValue() <= limit;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
