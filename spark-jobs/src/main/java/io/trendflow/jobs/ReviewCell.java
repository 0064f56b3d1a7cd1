package io.trendflow.jobs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text in a file that spreadsheets open. They take a cell that begins with one of some signs as a
 * formula, which could read other cells or call programs; an apostrophe before it says that it is
 * text.
 */
final class ReviewCell {
  private static final Pattern FORMULA = Pattern.compile("^['=+\\-@\t\r\n＝＋－＠]");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private ReviewCell() {}

  /** A text that {@link #read} gives back; empty for none. */
  static String key(@Nullable String text) {
    return text == null ? "" : FORMULA.matcher(text).find() ? "'" + text : text;
  }

  /** A text to be looked at only: in one line and without what some spreadsheets split cells at. */
  static String shown(@Nullable String text) {
    return text == null ? "" : key(SPACE.matcher(text.replace(';', ',')).replaceAll(" ").strip());
  }

  /** The text that a cell stands for. */
  static String read(String cell) {
    String text = cell.strip();
    return text.startsWith("'") && FORMULA.matcher(text.substring(1)).find()
        ? text.substring(1)
        : text;
  }
}
