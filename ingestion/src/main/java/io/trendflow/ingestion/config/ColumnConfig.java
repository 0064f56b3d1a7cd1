package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The column of a file that fills a field. Its text is always trimmed; empty text is no value. In
 * the configuration it is the column's name alone, or an object.
 *
 * @param column its name in the header, or several: of those that the file has, the first with a
 *     value counts
 * @param optional whether a file may have none of them
 * @param format of a date: {@code epoch_seconds}, {@code epoch_millis} or a pattern in the letters
 *     of {@link DateTimeFormatter}; null means ISO, such as {@code yyyy-MM-dd}
 * @param extract regular expression whose group is the value; other text is a defect
 * @param decimal what separates a number's decimals, a point by default
 * @param group what separates its thousands; null where nothing does
 * @param uppercase whether the text is turned into upper case
 * @param values what certain texts stand for
 */
public record ColumnConfig(
    @OneOrMore List<String> column,
    Boolean optional,
    @Nullable String format,
    @Nullable String extract,
    String decimal,
    @Nullable String group,
    Boolean uppercase,
    Map<String, String> values)
    implements Serializable {

  /** As configured; what is absent takes its default. */
  @JsonCreator
  public ColumnConfig(
      @Nullable List<String> column,
      @Nullable Boolean optional,
      @Nullable String format,
      @Nullable String extract,
      @Nullable String decimal,
      @Nullable String group,
      @Nullable Boolean uppercase,
      @Nullable Map<String, String> values) {
    this.column = ConfigValidation.copy(column);
    this.optional = optional != null && optional;
    this.format = format;
    this.extract = extract;
    this.decimal = decimal == null ? "." : decimal;
    this.group = group;
    this.uppercase = uppercase != null && uppercase;
    this.values = ConfigValidation.copy(values);
    ConfigValidation.that(
        !this.column.isEmpty() && this.column.stream().noneMatch(String::isBlank),
        "column is missing: name the column of the file that fills the field.");
    ConfigValidation.that(
        List.of(".", ",").contains(this.decimal) && !this.decimal.equals(group),
        "decimal is `" + decimal + "`: give `.` or `,`, and another character as group.");
    ConfigValidation.that(
        group == null || (group.length() == 1 && !Character.isDigit(group.charAt(0))),
        "group is `" + group + "`: give one character that is no digit, such as `,`.");
    DateForm.of(format);
    extraction(extract);
  }

  /** A column without further settings. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ColumnConfig of(String column) {
    return new ColumnConfig(List.of(column), null, null, null, null, null, null, null);
  }

  /** Finds the value in the text; null where the text itself is the value. */
  public @Nullable Pattern extraction() {
    return extraction(extract);
  }

  /** As sentences name it. */
  public String name() {
    return String.join(" or ", column);
  }

  private static @Nullable Pattern extraction(@Nullable String regex) {
    if (regex == null) {
      return null;
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      ConfigValidation.that(
          pattern.matcher("").groupCount() == 1,
          "extract is `" + regex + "`: put one group in brackets, around the value.");
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "extract is `" + regex + "`, which is no regular expression: " + e.getDescription(), e);
    }
  }
}
