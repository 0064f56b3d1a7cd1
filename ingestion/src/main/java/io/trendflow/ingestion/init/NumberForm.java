package io.trendflow.ingestion.init;

import io.trendflow.ingestion.clean.NumberText;
import io.trendflow.ingestion.config.ColumnConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Form of the numbers of a column.
 *
 * @param decimal decimal separator, a point or a comma
 * @param group thousands separator; null if there is none
 * @param symbol currency sign or code beside the numbers; null if there is none
 */
record NumberForm(String decimal, @Nullable String group, @Nullable String symbol) {
  /**
   * Share of texts that must have a form. The remaining texts may be defects, whose records are
   * rejected later.
   */
  static final double NEARLY_ALL = 0.98;

  /** Share of texts that must have a form if the name of the column shows what it is. */
  static final double MOST = 0.75;

  /** Forms without symbol, the simplest first. */
  static final List<NumberForm> ALL =
      List.of(
          new NumberForm(".", null, null),
          new NumberForm(".", ",", null),
          new NumberForm(",", null, null),
          new NumberForm(",", ".", null),
          new NumberForm(",", " ", null),
          new NumberForm(",", "\u00a0", null),
          new NumberForm(",", "\u202f", null),
          new NumberForm(".", "'", null),
          new NumberForm(".", "\u2019", null),
          new NumberForm(".", " ", null),
          new NumberForm(".", "\u00a0", null),
          new NumberForm(".", "\u202f", null));

  private static final List<Pattern> PATTERNS = ALL.stream().map(NumberForm::pattern).toList();

  /**
   * Returns the forms that digits and separators can have, as a set of bits in the order of all.
   */
  static int fitting(String digits) {
    int fitting = 0;
    for (int i = 0; i < PATTERNS.size() && !digits.isEmpty(); i++) {
      fitting |= PATTERNS.get(i).matcher(digits).matches() ? 1 << i : 0;
    }
    return fitting;
  }

  /** Returns whether a text is a number in any form, with or without currency. */
  static boolean isNumeric(String text) {
    return fitting(NumberText.digits(text, NumberText.symbol(text).orElse(null))) != 0;
  }

  private Pattern pattern() {
    String point = Pattern.quote(decimal);
    List<String> whole = new ArrayList<>(List.of("\\d+"));
    if (group != null) {
      String sign = Pattern.quote(group);
      whole.add("[1-9]\\d{0,2}(?:" + sign + "\\d{3})+");
      whole.add("[1-9]\\d?(?:" + sign + "\\d{2})+" + sign + "\\d{3}");
    }
    String tiny = decimal.equals(".") ? "|\\.\\d+|\\d+(?:\\.\\d+)?[eE][+-]?\\d+" : "|,\\d+";
    return Pattern.compile(
        "-?(?:(?:" + String.join("|", whole) + ")(?:" + point + "\\d*)?" + tiny + ")");
  }

  NumberForm with(@Nullable String currency) {
    return new NumberForm(decimal, group, currency);
  }

  /** Returns the number of a text; NaN if the text is not a number. */
  double value(String text) {
    try {
      return NumberText.decimal(column(), text).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private ColumnConfig column() {
    return new ColumnConfig(
        List.of("any"), null, null, null, decimal, group, symbol, null, null, null);
  }

  /** Returns whether the form is the default of a configuration. */
  boolean isDefault() {
    return equals(ALL.get(0));
  }
}
