package io.trendflow.ingestion;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records that are no defect and still do not count. Exactly one of the three conditions is given.
 *
 * @param rule name under which the excluded records are counted
 * @param column whose trimmed text is looked at
 * @param keepMatching regular expression; text that it does not fully match is excluded
 * @param dropMatching regular expression; text that it fully matches is excluded
 * @param keepAbove number; a number that is not above it is excluded, text that is no number is not
 */
public record FilterConfig(
    String rule,
    String column,
    @Nullable String keepMatching,
    @Nullable String dropMatching,
    @Nullable Double keepAbove)
    implements Serializable {

  /** The rule that counts what {@code deduplicate} excludes. */
  static final String DUPLICATE = "duplicate";

  public FilterConfig {
    Check.given(rule, "a filter has no rule: name the rule that its records are counted under.");
    Check.that(
        rule.matches("[a-z][a-z0-9_]*") && !rule.equals(DUPLICATE),
        "rule is `" + rule + "`: use lower case, digits and _, and not `duplicate`.");
    Check.given(column, "filter " + rule + " has no column: name the column it looks at.");
    long conditions =
        Stream.of(keepMatching, dropMatching, keepAbove).filter(Objects::nonNull).count();
    Check.that(
        conditions == 1,
        "filter "
            + rule
            + " has "
            + conditions
            + " conditions: give exactly one of keep_matching, drop_matching and keep_above.");
    pattern(rule, keepMatching);
    pattern(rule, dropMatching);
  }

  /** The regular expression of the filter; null when it compares numbers. */
  @Nullable Pattern pattern() {
    return pattern(rule, keepMatching == null ? dropMatching : keepMatching);
  }

  private static @Nullable Pattern pattern(String rule, @Nullable String regex) {
    try {
      return regex == null ? null : Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "filter " + rule + ": `" + regex + "` is no regular expression: " + e.getDescription(),
          e);
    }
  }
}
