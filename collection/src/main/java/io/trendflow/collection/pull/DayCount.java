package io.trendflow.collection.pull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Number of days in a source's settings, such as {@code 14d}. */
public final class DayCount {
  /** From 1 to 9999 days. */
  public static final Pattern ONE_OR_MORE = Pattern.compile("([1-9]\\d{0,3})d");

  private DayCount() {}

  /**
   * Reads a setting.
   *
   * @param key name of the setting, for the message
   * @param text the setting; null if it is not set
   * @param usual number of days if it is not set
   * @param allowed pattern of allowed settings, with the number as its first group
   * @throws IllegalArgumentException in one sentence: the setting is not a number of days
   */
  public static int of(String key, @Nullable String text, int usual, Pattern allowed) {
    if (text == null) {
      return usual;
    }
    Matcher matcher = allowed.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s is `%s`: use days, such as %dd.".formatted(key, text, usual));
    }
    return Integer.parseInt(matcher.group(1));
  }
}
