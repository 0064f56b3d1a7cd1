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
 * Filter that excludes records that are not defects. It has exactly one of three conditions.
 *
 * @param rule name under which the excluded records are counted
 * @param column column whose trimmed text is compared, or several: the first text that is not empty
 *     is used
 * @param optional whether a file may have none of the columns; the filter then excludes nothing
 * @param keepMatching regular expression; records are excluded if it does not match the whole text
 * @param dropMatching regular expression; records are excluded if it matches the whole text
 * @param keepAbove number; records are excluded if their number is not greater; text that is not a
 *     number is kept
 */
public record FilterConfig(
    String rule,
    @OneOrMore List<String> column,
    Boolean optional,
    @Nullable String keepMatching,
    @Nullable String dropMatching,
    @Nullable Double keepAbove)
    implements Serializable {

  /** Rule of the records that {@code deduplicate} excludes. */
  public static final String DUPLICATE = "duplicate";

  /** Rule of the records of a file with the same bytes as another one. */
  public static final String DUPLICATE_FILE = "duplicate_file";

  /** Rule of the values of periods that were not over at the time of the pull. */
  public static final String INCOMPLETE_PERIOD = "incomplete_period";

  /** Rule of the records of days of which their pull does not have every record. */
  public static final String OUTSIDE_PULL = "outside_pull";

  private static final Set<String> RESERVED =
      new TreeSet<>(List.of(DUPLICATE, DUPLICATE_FILE, INCOMPLETE_PERIOD, OUTSIDE_PULL));

  /** Creates a filter and sets absent parts to their defaults. */
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
            rule,
            "a filter has no rule: set rule to the name under which its records are counted.");
    ConfigValidation.that(
        this.rule.matches("[a-z][a-z0-9_]*") && !RESERVED.contains(this.rule),
        "rule is `"
            + rule
            + "`: use lower-case letters, digits and _, but none of "
            + RESERVED
            + ".");
    this.column = ConfigValidation.copy(column);
    this.optional = optional != null && optional;
    this.keepMatching = keepMatching;
    this.dropMatching = dropMatching;
    this.keepAbove = keepAbove;
    ConfigValidation.that(
        !this.column.isEmpty() && this.column.stream().noneMatch(String::isBlank),
        "filter " + rule + " has no column: set column to the column that it reads.");
    long conditions =
        Stream.of(keepMatching, dropMatching, keepAbove).filter(Objects::nonNull).count();
    ConfigValidation.that(
        conditions == 1,
        "filter "
            + rule
            + " has "
            + conditions
            + " conditions: use exactly one of keep_matching, drop_matching and keep_above.");
    pattern(this.rule, keepMatching);
    pattern(this.rule, dropMatching);
  }

  /** Returns the regular expression of the filter; null if the filter compares numbers. */
  public @Nullable Pattern pattern() {
    return pattern(rule, keepMatching == null ? dropMatching : keepMatching);
  }

  private static @Nullable Pattern pattern(String rule, @Nullable String regex) {
    try {
      return regex == null ? null : Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "filter "
              + rule
              + ": `"
              + regex
              + "` is not a valid regular expression: "
              + e.getDescription(),
          e);
    }
  }
}
