package io.trendflow.serving;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, money and dates as the page shows them. */
final class Wording {
  private static final Locale LOCALE = Locale.UK;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.US);
  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMM", Locale.US);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.US).withZone(ZoneOffset.UTC);
  private static final String MINUS = "−";

  private Wording() {}

  /** One decimal below ten, none above: {@code 4.2}, {@code 1,240}. */
  static String number(double value) {
    boolean small = Math.abs(value) < 9.95;
    DecimalFormat format =
        new DecimalFormat(small ? "#,##0.#" : "#,##0", DecimalFormatSymbols.getInstance(LOCALE));
    format.setRoundingMode(RoundingMode.HALF_UP);
    String text = format.format(Math.abs(value));
    return value < 0 && !text.equals("0") ? MINUS + text : text;
  }

  /** With its sign, also when it is positive: {@code +4.2}. */
  static String signed(double value) {
    return plus(value, number(value));
  }

  /** With sign and currency, in whole units of it: {@code +£1,240}, {@code −310 XTS}. */
  static String signedMoney(double value, @Nullable String currency) {
    String amount = number(Math.rint(Math.abs(value)));
    String symbol = symbol(currency);
    String text = symbol.length() < 3 ? symbol + amount : amount + " " + symbol;
    return value < 0 && !amount.equals("0") ? MINUS + text : plus(Math.rint(value), text);
  }

  /** A share as a signed percentage: {@code +45 %}. */
  static String signedPercent(double share) {
    return plus(share, number(Math.rint(share * 100))) + " %";
  }

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  /** From one day to another, with the year once if it is the same. */
  static String days(LocalDate first, LocalDate last) {
    String from = first.getYear() == last.getYear() ? DAY_OF_YEAR.format(first) : day(first);
    return from + " – " + day(last);
  }

  static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  /** A position in a drawing. */
  static String coordinate(double position) {
    return String.format(Locale.ROOT, "%.1f", position);
  }

  private static String plus(double value, String text) {
    return value > 0 && !text.equals("0") ? "+" + text : text;
  }

  /** The sign of a currency where it is well known, else its code. */
  private static String symbol(@Nullable String currency) {
    if (currency == null) {
      return "";
    }
    return switch (currency) {
      case "GBP" -> "£";
      case "EUR" -> "€";
      case "USD" -> "$";
      default -> currency;
    };
  }
}
