package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Column of a file that fills a field. Its text is trimmed; empty text counts as a missing value.
 * The configuration contains only the column's name, or an object.
 *
 * @param column name in the header, or several names: the first column with a value in the record
 *     is used
 * @param optional whether a file may have none of the columns
 * @param format of a date: {@code epoch_seconds}, {@code epoch_millis} or a pattern in the letters
 *     of {@link DateTimeFormatter}; null means ISO, such as {@code yyyy-MM-dd}
 * @param extract regular expression whose group is the value; other text is a defect
 * @param decimal decimal separator of numbers, a point by default
 * @param group thousands separator of numbers; null if there is none
 * @param symbol currency sign or code that is written beside numbers, such as {@code €} or {@code
 *     GBP}; null if there is none
 * @param uppercase whether the text is converted to upper case
 * @param values replacements of texts: text to value
 * @param negate whether numbers count with the other sign, such as the pieces of a refund; null if
 *     they do not
 */
public record ColumnConfig(
    @OneOrMore List<String> column,
    Boolean optional,
    @Nullable String format,
    @Nullable String extract,
    String decimal,
    @Nullable String group,
    @Nullable String symbol,
    Boolean uppercase,
    Map<String, String> values,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean negate)
    implements Serializable {

  /** Creates a column and sets absent parts to their defaults. */
  @JsonCreator
  public ColumnConfig(
      @Nullable List<String> column,
      @Nullable Boolean optional,
      @Nullable String format,
      @Nullable String extract,
      @Nullable String decimal,
      @Nullable String group,
      @Nullable String symbol,
      @Nullable Boolean uppercase,
      @Nullable Map<String, String> values,
      @Nullable Boolean negate) {
    this.column = ConfigValidation.copy(column);
    this.optional = optional != null && optional;
    this.format = format;
    this.extract = extract;
    this.decimal = decimal == null ? "." : decimal;
    this.group = group;
    this.symbol = symbol;
    this.uppercase = uppercase != null && uppercase;
    this.values = ConfigValidation.copy(values);
    this.negate = negate;
    ConfigValidation.that(
        !this.column.isEmpty() && this.column.stream().noneMatch(String::isBlank),
        "column is missing: name the column of the file that fills the field.");
    ConfigValidation.that(
        List.of(".", ",").contains(this.decimal) && !this.decimal.equals(group),
        "decimal is `" + decimal + "`: use `.` or `,`, and another character as group.");
    ConfigValidation.that(
        group == null || (group.length() == 1 && !Character.isDigit(group.charAt(0))),
        "group is `" + group + "`: use one character that is not a digit, such as `,`.");
    ConfigValidation.that(
        symbol == null || (!symbol.isBlank() && !symbol.matches(".*[0-9.,'()+-].*|(?s).{9,}")),
        "symbol is `"
            + symbol
            + "`: use a currency sign or code of at most 8 characters, such as €.");
    DateForm.of(format);
    extraction(extract);
  }

  /** Returns a column without further settings. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ColumnConfig of(String column) {
    return new ColumnConfig(List.of(column), null, null, null, null, null, null, null, null, null);
  }

  /** Returns whether numbers count with the other sign. */
  public boolean negates() {
    return negate != null && negate;
  }

  /** Returns the pattern whose group is the value; null if the whole text is the value. */
  public @Nullable Pattern extraction() {
    return extraction(extract);
  }

  /** Returns the names as messages show them. */
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
          "extract is `"
              + regex
              + "`: put the value, and nothing else, into one group in parentheses.");
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "extract is `"
              + regex
              + "`, which is not a valid regular expression: "
              + e.getDescription(),
          e);
    }
  }
}
