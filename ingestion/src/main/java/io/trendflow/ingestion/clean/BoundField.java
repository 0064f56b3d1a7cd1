package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.ColumnConfig;
import io.trendflow.ingestion.config.DateForm;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.QuotedText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Field of the contract, bound to a column of a file, to a constant, or to nothing. */
final class BoundField {
  private static final Set<String> YES = Set.of("true", "yes", "y", "1", "in_stock", "in stock");
  private static final Set<String> NO =
      Set.of("false", "no", "n", "0", "out_of_stock", "out of stock");

  private final String name;
  private final @Nullable ColumnConfig column;
  private final @Nullable BoundColumns columns;
  private final @Nullable String constant;
  private final @Nullable Pattern extraction;
  private final DateForm dates;
  private String lastText = "";
  private @Nullable ZoneId lastZone;
  private @Nullable LocalDate lastDay;

  BoundField(String name, SourceConfig source, FileHeader header) throws FileRejectedException {
    this.name = name;
    this.column = source.columns().get(name);
    this.columns =
        column == null ? null : new BoundColumns(column.column(), column.optional(), header);
    this.constant = source.constants().get(name);
    this.extraction = column == null ? null : column.extraction();
    this.dates = DateForm.of(column == null ? null : column.format());
  }

  /** Returns whether the file has a column for the field or the configuration has a constant. */
  boolean bound() {
    return (columns != null && columns.bound()) || constant != null;
  }

  /** Returns the trimmed text; null if the text is empty or nothing is bound. */
  @Nullable String text(String[] record) throws RecordDefectException {
    String text = written(record);
    if (text == null || column == null) {
      return text;
    }
    String value = extraction == null ? text : extracted(extraction, text);
    String meant = column.values().getOrDefault(value, value).strip();
    if (meant.isEmpty()) {
      return null;
    }
    return column.uppercase() ? meant.toUpperCase(Locale.ROOT) : meant;
  }

  /** Returns the text in the file, otherwise the constant. */
  private @Nullable String written(String[] record) {
    String text = columns == null ? "" : columns.text(record);
    if (!text.isEmpty()) {
      return text;
    }
    return constant == null || constant.isBlank() ? null : constant.strip();
  }

  private String extracted(Pattern pattern, String text) throws RecordDefectException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new RecordDefectException(
          RejectReason.BAD_TEXT,
          this + " is " + QuotedText.quoted(text) + ", which does not match " + pattern + ".");
    }
    return Objects.requireNonNullElse(matcher.group(1), "").strip();
  }

  /** Returns the text of a field that every record needs. */
  String required(String[] record) throws RecordDefectException {
    String text = present(text(record));
    if (text.indexOf('\0') >= 0) {
      throw new RecordDefectException(
          RejectReason.BAD_TEXT,
          this
              + " is "
              + QuotedText.quoted(text.replace('\0', '?'))
              + ", which contains a zero character.");
    }
    return text;
  }

  /** Returns the value, or rejects the record if it is null. */
  <T> T present(@Nullable T value) throws RecordDefectException {
    if (value == null) {
      throw new RecordDefectException(RejectReason.MISSING_VALUE, this + " is empty.");
    }
    return value;
  }

  /** Returns the number, whose absolute value is at most {@code limit}. */
  @Nullable BigDecimal number(String[] record, BigDecimal limit) throws RecordDefectException {
    String text = text(record);
    if (text == null) {
      return null;
    }
    BigDecimal number = parsed(text);
    // The digits are compared first, because a number such as 1e999999999 is too long to be
    // expanded.
    if (number.precision() - (long) number.scale() > limit.precision() - limit.scale()
        || number.abs().compareTo(limit) > 0) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          this
              + " is "
              + QuotedText.quoted(text)
              + ", which is beyond the limit of "
              + limit.toPlainString()
              + ".");
    }
    return number;
  }

  /** Returns the number, which is not negative. */
  @Nullable BigDecimal amount(String[] record, BigDecimal limit) throws RecordDefectException {
    BigDecimal number = number(record, limit);
    if (number != null && number.signum() < 0) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          this + " is " + QuotedText.quoted(number.toString()) + ", which is negative.");
    }
    return number;
  }

  /** Returns the whole number, which is at least {@code least} and at most {@code limit}. */
  @Nullable Long whole(String[] record, long least, BigDecimal limit) throws RecordDefectException {
    BigDecimal number = number(record, limit);
    if (number == null) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(least)) < 0) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          this
              + " is "
              + QuotedText.quoted(number.toPlainString())
              + ", which is not a whole number from "
              + least
              + " on: leave it empty if it is unknown.");
    }
    return number.longValueExact();
  }

  /** Returns the day; a time with an offset is first converted to the shop's time zone. */
  @Nullable LocalDate date(String[] record, ZoneId zone) throws RecordDefectException {
    String text = text(record);
    if (text == null) {
      return null;
    }
    try {
      return day(text, zone);
    } catch (DateTimeException e) {
      throw new RecordDefectException(
          RejectReason.BAD_DATE,
          this
              + " is "
              + QuotedText.quoted(text)
              + ", which is not a date of the form "
              + dates
              + ".");
    }
  }

  /** Parses a time, or returns the last day: adjacent records usually have the same time. */
  private LocalDate day(String text, ZoneId zone) {
    LocalDate day = lastDay;
    if (day == null || !text.equals(lastText) || !zone.equals(lastZone)) {
      day = dates.day(text, zone);
      lastText = text;
      lastZone = zone;
      lastDay = day;
    }
    return day;
  }

  /** Returns a boolean, in the spellings of common exports. */
  @Nullable Boolean flag(String[] record) throws RecordDefectException {
    String text = text(record);
    if (text == null) {
      return null;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!YES.contains(lower) && !NO.contains(lower)) {
      throw new RecordDefectException(
          RejectReason.BAD_BOOLEAN,
          this
              + " is "
              + QuotedText.quoted(text)
              + ", which is not a boolean such as true, false, yes, no, 1 or 0.");
    }
    return YES.contains(lower);
  }

  /** Returns the field and its column, as messages name them. */
  @Override
  public String toString() {
    return column == null ? name : name + " (column " + column.name() + ")";
  }

  private BigDecimal parsed(String text) throws RecordDefectException {
    try {
      BigDecimal number = NumberText.decimal(column, text);
      if (number.scale() <= 100) {
        // Zero is within every limit, whatever its exponent.
        return number.signum() == 0
            ? BigDecimal.ZERO
            : column != null && column.negates() ? number.negate() : number;
      }
    } catch (NumberFormatException e) {
      // The exception below names the field and the text.
    }
    throw new RecordDefectException(
        RejectReason.BAD_NUMBER,
        this + " is " + QuotedText.quoted(text) + ", which is not a number such as 12 or 3.5.");
  }
}
