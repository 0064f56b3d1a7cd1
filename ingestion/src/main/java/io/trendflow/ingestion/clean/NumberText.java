package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.ColumnConfig;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as people and programs write them. Blanks, one currency sign and the apostrophe
 * that keeps a spreadsheet from computing are dropped; every sign is understood: a hyphen or a
 * minus before or behind the number, and parentheses.
 */
public final class NumberText {
  /** Longer texts are not parsed: a million digits would take minutes. */
  private static final int LONGEST = 40;

  private static final Pattern MINUS = Pattern.compile("[\\u2010-\\u2015\\u2212\\uFE63\\uFF0D]");
  private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");
  private static final Pattern BESIDE =
      Pattern.compile(
          "[\\s\\p{Z}'(+-]*(.*?)[\\s\\p{Z}]*\\(?[+-]?[.,]?\\d(?:.*\\d)?[.,]?-?\\)?(.*?)[\\s\\p{Z})-]*");
  private static final Pattern SIGN = Pattern.compile("\\p{L}{0,3}\\p{Sc}\\p{L}{0,3}");
  private static final Pattern NUMBER = Pattern.compile("[.,]?\\d.*");
  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> WORDS =
      Set.of(
          "kr", "kr.", "zł", "kč", "fr", "fr.", "ft", "lei", "rs", "rs.", "dh", "rm", "руб", "руб.",
          "лв");

  private NumberText() {}

  /**
   * Returns the number in a text.
   *
   * @param column column with the format of its numbers; null for a plain number with a decimal
   *     point
   * @throws NumberFormatException if the text is not a number
   */
  public static BigDecimal decimal(@Nullable ColumnConfig column, String text) {
    String digits = digits(text, column == null ? null : column.symbol());
    return new BigDecimal(column == null ? digits : plain(column, digits));
  }

  /**
   * Returns the digits and separators of a text, with a hyphen in front of a negative number; empty
   * if there is something else in the text.
   *
   * @param symbol currency sign or code that may stand beside the number; null if there is none
   */
  public static String digits(String text, @Nullable String symbol) {
    if (text.length() > LONGEST) {
      return "";
    }
    if (isPlain(text)) {
      return text;
    }
    String rest = trimmed(MINUS.matcher(text).replaceAll("-"));
    if (rest.startsWith("'")) {
      rest = trimmed(rest.substring(1));
    }
    boolean signed = false;
    boolean negative = false;
    boolean named = symbol == null;
    for (String before = ""; !before.equals(rest); ) {
      before = rest;
      if (!signed && rest.startsWith("(") && rest.endsWith(")") && rest.length() > 2) {
        signed = true;
        negative = true;
        rest = rest.substring(1, rest.length() - 1);
      } else if (!signed && (rest.startsWith("-") || rest.startsWith("+"))) {
        signed = true;
        negative = rest.startsWith("-");
        rest = rest.substring(1);
      } else if (!signed && rest.endsWith("-")) {
        signed = true;
        negative = true;
        rest = rest.substring(0, rest.length() - 1);
      } else if (!named && symbol != null && rest.startsWith(symbol)) {
        named = true;
        rest = rest.substring(symbol.length());
      } else if (!named && symbol != null && rest.endsWith(symbol)) {
        named = true;
        rest = rest.substring(0, rest.length() - symbol.length());
      }
      rest = trimmed(rest);
    }
    boolean number = !rest.isEmpty() && NUMBER.matcher(rest).matches() && !rest.endsWith("-");
    return number ? (negative ? "-" : "") + rest : "";
  }

  /**
   * Returns whether a text has a digit, perhaps after a hyphen, and then only digits and
   * separators. Nearly every number is such a text, and patterns would take most of the time.
   */
  private static boolean isPlain(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    if (text.length() == first || !isDigit(text.charAt(first))) {
      return false;
    }
    for (int i = first + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && c != '.' && c != ',') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the currency sign or code beside a number; empty if the text has none. */
  public static Optional<String> symbol(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher beside = BESIDE.matcher(MINUS.matcher(text).replaceAll("-"));
    if (!beside.matches()) {
      return Optional.empty();
    }
    String front = trimmed(beside.group(1));
    String back = trimmed(beside.group(2));
    String symbol = front.isEmpty() ? back : front;
    return (front.isEmpty() || back.isEmpty()) && isCurrency(symbol)
        ? Optional.of(symbol)
        : Optional.empty();
  }

  private static boolean isCurrency(String text) {
    return SIGN.matcher(text).matches()
        || CODES.contains(text)
        || WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static String trimmed(String text) {
    return AROUND.matcher(text).replaceAll("");
  }

  /**
   * Removes thousands separators, which must be in the right places, and replaces the decimal
   * separator by a point.
   */
  private static String plain(ColumnConfig column, String text) {
    String plain = text;
    if (column.group() != null && text.contains(column.group())) {
      String group = Pattern.quote(column.group());
      String fraction = "(" + Pattern.quote(column.decimal()) + "\\d*)?";
      String thousands = "-?\\d{1,3}(" + group + "\\d{3})+" + fraction;
      // India groups the digits above a thousand in pairs.
      String lakhs = "-?\\d{1,2}(" + group + "\\d{2})+" + group + "\\d{3}" + fraction;
      plain =
          text.matches(thousands) || text.matches(lakhs) ? text.replace(column.group(), "") : text;
    }
    if (column.decimal().equals(",")) {
      // A point is then not the decimal separator and may have been meant as a thousands separator.
      plain = plain.contains(".") ? "" : plain.replace(',', '.');
    }
    return plain;
  }
}
