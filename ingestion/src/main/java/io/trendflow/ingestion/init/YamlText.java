package io.trendflow.ingestion.init;

import io.trendflow.ingestion.raw.QuotedText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats text from files for YAML and its comments. */
final class YamlText {
  private static final int LONGEST = 30;

  /** Words that YAML does not read as text. */
  private static final Set<String> RESERVED =
      Set.of("yes", "no", "on", "off", "true", "false", "null", "y", "n");

  private YamlText() {}

  /** Returns the text in one line, printable and short. */
  static String shortened(String text) {
    String line = line(text);
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  /** Returns the text in one line and printable, for a comment. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
  }

  /** Returns names as a list, of which a long one is shortened. */
  static String names(List<String> names) {
    String listed = line(QuotedText.shortened(names));
    return listed.substring(1, listed.length() - 1);
  }

  /** Returns the text as YAML, quoted if necessary. */
  static String yaml(String text) {
    boolean simple =
        text.matches("[A-Za-z_./][A-Za-z0-9_./-]*")
            && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return simple ? text : quoted(text);
  }

  /** Returns the text in double quotes. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (Character.isISOControl(c)
                      || (Character.getType(c) == Character.SPACE_SEPARATOR && c != ' ')) {
                    quoted.append("\\u%04x".formatted(c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  static String yaml(Collection<String> texts) {
    return texts.stream().map(YamlText::yaml).collect(Collectors.joining(", ", "[", "]"));
  }
}
