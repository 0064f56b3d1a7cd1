package io.trendflow.ingestion.init;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Text from files as YAML and comments can hold it. */
final class YamlText {
  private static final int LONGEST = 30;

  /** What YAML takes for something else than text. */
  private static final Set<String> RESERVED =
      Set.of("yes", "no", "on", "off", "true", "false", "null", "y", "n");

  private YamlText() {}

  /** On one line, printable and short. */
  static String shortened(String text) {
    String line = line(text);
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  /** On one line and printable, as a comment must be. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
  }

  /** A text as YAML reads it back, quoted where it must be. */
  static String yaml(String text) {
    boolean simple =
        text.matches("[A-Za-z_./][A-Za-z0-9_./-]*")
            && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return simple ? text : quoted(text);
  }

  /** A text in double quotes. */
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
