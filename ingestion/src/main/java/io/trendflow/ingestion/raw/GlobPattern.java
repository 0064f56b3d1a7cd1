package io.trendflow.ingestion.raw;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    StringBuilder regex = new StringBuilder();
    Matcher matcher = TOKEN.matcher(glob);
    while (matcher.find()) {
      regex.append(regex(matcher.group()));
    }
    this.pattern = Pattern.compile(regex.toString());
  }

  public boolean matches(String path) {
    return pattern.matcher(path).matches();
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
    return "(?:" + Pattern.quote(inner).replace(",", "\\E|\\Q") + ")";
  }
}
