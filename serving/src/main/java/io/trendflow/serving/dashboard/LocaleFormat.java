package io.trendflow.serving.dashboard;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats of numbers, money and dates in one language. */
final class LocaleFormat {
  /**
   * English format; uses American month names because British "Sept" has a letter more than the
   * others.
   */
  static final LocaleFormat ENGLISH = new LocaleFormat(Locale.UK, Locale.US);

  static final LocaleFormat FRENCH = new LocaleFormat(Locale.FRANCE, Locale.FRANCE);

  private static final String MINUS = "−";
  private static final String NO_BREAK = "\u00a0";

  private final Locale locale;
  private final DateTimeFormatter day;
  private final DateTimeFormatter dayOfYear;
  private final DateTimeFormatter moment;

  private LocaleFormat(Locale locale, Locale months) {
    this.locale = locale;
    day = DateTimeFormatter.ofPattern("d MMM uuuu", months);
    dayOfYear = DateTimeFormatter.ofPattern("d MMM", months);
    moment =
        DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", months).withZone(ZoneOffset.UTC);
  }

  /** Formats a number with one decimal below ten and none above: {@code 4.2}, {@code 1,240}. */
  String number(double value) {
    return decimal(value, Math.abs(value) < 9.95 ? "#,##0.#" : "#,##0");
  }

  /** Formats a number with a plus or minus sign: {@code +4.2}. */
  String signed(double value) {
    return plus(value, number(value));
  }

  /**
   * Formats a metric of a backtest, with three decimals if it is small: {@code 0.553}, {@code
   * 63.8}.
   */
  String measure(double value) {
    return decimal(value, Math.abs(value) < 9.9995 ? "0.000" : "#,##0.0");
  }

  /** Formats money in whole units of the currency: {@code £1,240}, {@code 310 XTS}. */
  String money(double value, @Nullable String currency) {
    String amount = number(Math.rint(Math.abs(value)));
    return (value < 0 && !isZero(amount) ? MINUS : "") + inCurrency(amount, currency);
  }

  /** Formats money with a plus or minus sign: {@code +£1,240}. */
  String signedMoney(double value, @Nullable String currency) {
    return plus(Math.rint(value), money(value, currency));
  }

  /** Formats a price with its decimals: {@code £4.50}. */
  String price(double value, @Nullable String currency) {
    return inCurrency(decimal(value, "#,##0.00"), currency);
  }

  /** Formats a share as a percentage, {@code 45 %}, with a decimal below ten: {@code 1.5 %}. */
  String percent(double share) {
    return number(share * 100) + " %";
  }

  /** Formats a share as a percentage with a plus or minus sign: {@code +45 %}. */
  String signedPercent(double share) {
    return plus(share, number(Math.rint(share * 100))) + " %";
  }

  String day(LocalDate date) {
    return day.format(date);
  }

  /** Formats a range of days; the year appears once if both days share it. */
  String days(LocalDate first, LocalDate last) {
    String from = first.getYear() == last.getYear() ? dayOfYear.format(first) : day(first);
    return from + " – " + day(last);
  }

  String moment(Instant instant) {
    return moment.format(instant);
  }

  /** Formats a position in a drawing. */
  static String coordinate(double position) {
    return String.format(Locale.ROOT, "%.1f", position);
  }

  private String decimal(double value, String pattern) {
    DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
    format.setRoundingMode(RoundingMode.HALF_UP);
    String text = format.format(Math.abs(value));
    return value < 0 && !isZero(text) ? MINUS + text : text;
  }

  private static String plus(double value, String text) {
    return value > 0 && !isZero(text) ? "+" + text : text;
  }

  private static boolean isZero(String text) {
    return text.chars().noneMatch(digit -> digit >= '1' && digit <= '9');
  }

  /** Combines amount and currency; English puts a well-known sign first. */
  private String inCurrency(String amount, @Nullable String currency) {
    if (currency == null) {
      return amount;
    }
    String symbol = symbol(currency);
    boolean first = symbol.length() < 3 && !locale.equals(Locale.FRANCE);
    return first ? symbol + amount : amount + NO_BREAK + symbol;
  }

  private static String symbol(String currency) {
    return switch (currency) {
      case "GBP" -> "£";
      case "EUR" -> "€";
      case "USD" -> "$";
      default -> currency;
    };
  }
}
