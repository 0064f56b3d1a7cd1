package io.trendflow.ingestion;

import java.math.BigDecimal;

/**
 * Style of numbers in a country.
 *
 * @param group thousands separator; empty if there is none
 */
record NumberStyle(String decimal, String group) {
  /** Returns the keys of a column in a configuration. */
  String keys() {
    return ", decimal: '" + decimal + "'" + (group.isEmpty() ? "" : ", group: '" + group + "'");
  }

  /** Returns the number in one of several forms. */
  String write(BigDecimal number, int form) {
    String plain = number.toPlainString().replace(".", decimal);
    boolean negative = number.signum() < 0;
    return switch (form) {
      case 0 -> grouped(plain);
      case 1 -> negative ? plain : "+" + plain;
      case 2 -> number.unscaledValue() + "e" + -number.scale();
      case 3 -> " \t" + plain + "  ";
      case 4 -> number.scale() > 0 ? plain + "00" : plain + decimal;
      case 5 -> plain.startsWith("0" + decimal) ? plain.substring(1) : plain;
      default -> number.signum() == 0 ? "-0e20" : plain;
    };
  }

  private String grouped(String plain) {
    int point = plain.indexOf(decimal);
    StringBuilder grouped = new StringBuilder(plain);
    int first = plain.startsWith("-") ? 1 : 0;
    for (int i = (point < 0 ? plain.length() : point) - 3; i > first; i -= 3) {
      grouped.insert(i, group);
    }
    return grouped.toString();
  }
}
