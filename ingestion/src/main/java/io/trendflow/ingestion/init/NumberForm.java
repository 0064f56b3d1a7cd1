package io.trendflow.ingestion.init;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Form of the numbers of a column.
 *
 * @param decimal decimal separator, a point or a comma
 * @param group thousands separator; null if there is none
 * @param extract regular expression that finds the number beside a currency sign; null if the text
 *     is only the number
 */
record NumberForm(String decimal, @Nullable String group, @Nullable String extract) {
  /**
   * Share of texts that must have a form. The remaining texts may be defects, whose records are
   * rejected later.
   */
  static final double NEARLY_ALL = 0.98;

  private static final String MONEY = "[^0-9+-]*([+-]?[0-9](?:.*[0-9])?)[^0-9]*";

  private static final List<NumberForm> FORMS =
      List.of(
          new NumberForm(".", null, null),
          new NumberForm(".", ",", null),
          new NumberForm(",", null, null),
          new NumberForm(",", ".", null),
          new NumberForm(",", " ", null),
          new NumberForm(",", "\u00a0", null),
          new NumberForm(",", "\u202f", null),
          new NumberForm(".", "'", null),
          new NumberForm(".", " ", null));

  /** Returns the simplest form that nearly all texts have; empty if the texts are not numbers. */
  static Optional<NumberForm> of(List<String> texts) {
    Optional<NumberForm> alone = first(texts, null);
    return alone.isPresent() ? alone : first(texts, MONEY);
  }

  private static Optional<NumberForm> first(List<String> texts, @Nullable String extract) {
    return FORMS.stream()
        .map(form -> new NumberForm(form.decimal, form.group, extract))
        .filter(form -> !texts.isEmpty() && form.fits(texts))
        .findFirst();
  }

  private boolean fits(List<String> texts) {
    Pattern pattern = pattern();
    Pattern money = extract == null ? null : Pattern.compile(extract);
    long misses = 0;
    for (String text : texts) {
      String number = text;
      if (money != null) {
        Matcher matcher = money.matcher(text);
        number = matcher.matches() ? matcher.group(1) : "";
      }
      if (!pattern.matcher(number).matches() && ++misses > (1 - NEARLY_ALL) * texts.size()) {
        return false;
      }
    }
    return true;
  }

  private Pattern pattern() {
    String fraction = "(?:" + Pattern.quote(decimal) + "\\d*)?";
    String whole =
        group == null ? "\\d+" : "(?:\\d{1,3}(?:" + Pattern.quote(group) + "\\d{3})+|\\d+)";
    String tiny = decimal.equals(".") ? "|\\.\\d+|\\d+(?:\\.\\d+)?[eE][+-]?\\d+" : "";
    return Pattern.compile("[+-]?(?:" + whole + fraction + tiny + ")");
  }

  /** Returns the number of a text; NaN if the text is not a number. */
  double value(String text) {
    String number = text;
    if (extract != null) {
      Matcher matcher = Pattern.compile(extract).matcher(text);
      number = matcher.matches() ? matcher.group(1) : "";
    }
    if (group != null) {
      number = number.replace(group, "");
    }
    try {
      return Double.parseDouble(number.replace(decimal, "."));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns whether the form is the default of a configuration. */
  boolean isDefault() {
    return equals(FORMS.get(0));
  }
}
