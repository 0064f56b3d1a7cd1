package io.trendflow.ingestion.raw;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Glob pattern of paths: {@code *} and {@code ?} match inside a folder, {@code **} matches across
 * folders ({@code **}{@code /} also matches no folder), <code>{a,b}</code> matches either. Hadoop's
 * own globs cannot match across folders and fail on names with a colon, which pull folders have.
 */
public final class GlobPattern {
  private static final Pattern TOKEN =
      Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?|\\{[^{}]*}|[^*?{]+|\\{");

  private final Pattern pattern;

  public GlobPattern(String glob) {
    this.pattern = Pattern.compile(translated(glob));
  }

  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  private static String translated(String glob) {
    StringBuilder regex = new StringBuilder();
    Matcher matcher = TOKEN.matcher(glob);
    while (matcher.find()) {
      regex.append(regex(matcher.group()));
    }
    return regex.toString();
  }

  private static String regex(String token) {
    return switch (token) {
      case "**/" -> "(?:.*/)?";
      case "**" -> ".*";
      case "*" -> "[^/]*";
      case "?" -> "[^/]";
      default -> token.matches("\\{.*}") ? choice(token) : Pattern.quote(token);
    };
  }

  private static String choice(String token) {
    String inner = token.substring(1, token.length() - 1);
    return Arrays.stream(inner.split(",", -1))
        .map(GlobPattern::translated)
        .collect(Collectors.joining("|", "(?:", ")"));
  }
}
