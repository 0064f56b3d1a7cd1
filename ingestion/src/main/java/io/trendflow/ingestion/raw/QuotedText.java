package io.trendflow.ingestion.raw;

import java.util.List;
import java.util.stream.Collectors;

/** Formats text from raw files for messages. */
public final class QuotedText {
  private static final int MOST_NAMES = 25;

  private QuotedText() {}

  /** Returns text of a file in backquotes, on one line and at most 60 characters long. */
  public static String quoted(String text) {
    return "`" + shortened(text) + "`";
  }

  /** Returns text of a file without quotes, on one line and at most 60 characters long. */
  public static String shortened(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }

  /** Returns names of a file as a list of at most 25 names. */
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
