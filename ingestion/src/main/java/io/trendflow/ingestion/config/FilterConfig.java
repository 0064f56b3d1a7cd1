package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records that are no defect and still do not count. Exactly one of the three conditions is given.
 *
 * @param rule name under which the excluded records are counted
 * @param column whose trimmed text is looked at, or several: the first that is not empty counts
 * @param optional whether a file may have none of them, and so nothing to exclude
 * @param keepMatching regular expression; text that it does not fully match is excluded
 * @param dropMatching regular expression; text that it fully matches is excluded
 * @param keepAbove number; a number that is not above it is excluded, text that is no number is not
 */
public record FilterConfig(
    String rule,
    @OneOrMore List<String> column,
    Boolean optional,
    @Nullable String keepMatching,
    @Nullable String dropMatching,
    @Nullable Double keepAbove)
    implements Serializable {

  /** The rule that counts what {@code deduplicate} excludes. */
  public static final String DUPLICATE = "duplicate";

  /** The rule that counts the records of a file that is there twice. */
  public static final String DUPLICATE_FILE = "duplicate_file";

  /** The rule that counts values of periods that were not over when they were pulled. */
  public static final String INCOMPLETE_PERIOD = "incomplete_period";

  private static final Set<String> RESERVED =
      new TreeSet<>(List.of(DUPLICATE, DUPLICATE_FILE, INCOMPLETE_PERIOD));

  /** As configured; what is absent takes its default. */
  @JsonCreator
  public FilterConfig(
      @Nullable String rule,
      @Nullable List<String> column,
      @Nullable Boolean optional,
      @Nullable String keepMatching,
      @Nullable String dropMatching,
      @Nullable Double keepAbove) {
    this.rule =
        ConfigValidation.given(
            rule, "a filter has no rule: name the rule that its records are counted under.");
    ConfigValidation.that(
        this.rule.matches("[a-z][a-z0-9_]*") && !RESERVED.contains(this.rule),
        "rule is `" + rule + "`: use lower case, digits and _, and none of " + RESERVED + ".");
    this.column = ConfigValidation.copy(column);
    this.optional = optional != null && optional;
    this.keepMatching = keepMatching;
    this.dropMatching = dropMatching;
    this.keepAbove = keepAbove;
    ConfigValidation.that(
        !this.column.isEmpty() && this.column.stream().noneMatch(String::isBlank),
        "filter " + rule + " has no column: name the column it looks at.");
    long conditions =
        Stream.of(keepMatching, dropMatching, keepAbove).filter(Objects::nonNull).count();
    ConfigValidation.that(
        conditions == 1,
        "filter "
            + rule
            + " has "
            + conditions
            + " conditions: give exactly one of keep_matching, drop_matching and keep_above.");
    pattern(this.rule, keepMatching);
    pattern(this.rule, dropMatching);
  }

  /** The regular expression of the filter; null when it compares numbers. */
  public @Nullable Pattern pattern() {
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
