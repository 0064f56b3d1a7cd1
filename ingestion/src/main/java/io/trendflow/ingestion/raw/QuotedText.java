package io.trendflow.ingestion.raw;

import java.util.List;
import java.util.stream.Collectors;

/** Text from raw files as messages quote it. */
public final class QuotedText {
  private static final int MOST_NAMES = 25;

  private QuotedText() {}

  /** Text from the file, on one line and short enough for a sentence. */
  public static String quoted(String text) {
    return "`" + shortened(text) + "`";
  }

  /** The same without quotes. */
  public static String shortened(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }

  /** Names from the file, not more of them than a sentence bears. */
  public static String shortened(List<String> names) {
    String listed =
        names.stream()
            .limit(MOST_NAMES)
            .map(QuotedText::shortened)
            .collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return "[" + listed + (more > 0 ? " and " + more + " more" : "") + "]";
  }
}
