package io.trendflow.jobs.review;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a text as a cell of a file that spreadsheets open. They interpret a cell that begins with
 * certain characters as a formula, which could read other cells or run programs; an apostrophe
 * before it marks it as text.
 */
public final class ReviewCell {
  private static final Pattern FORMULA = Pattern.compile("^['=+\\-@\t\r\n＝＋－＠]");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private ReviewCell() {}

  /** Returns the cell for a text, which {@link #read} decodes; empty for null. */
  public static String key(@Nullable String text) {
    return text == null ? "" : FORMULA.matcher(text).find() ? "'" + text : text;
  }

  /**
   * Returns the cell for a text that is never read back: on one line, without semicolons, at which
   * some spreadsheets split cells.
   */
  public static String shown(@Nullable String text) {
    return text == null ? "" : key(SPACE.matcher(text.replace(';', ',')).replaceAll(" ").strip());
  }

  /** Returns the text of a cell. */
  public static String read(String cell) {
    String text = cell.strip();
    return text.startsWith("'") && FORMULA.matcher(text.substring(1)).find()
        ? text.substring(1)
        : text;
  }
}
