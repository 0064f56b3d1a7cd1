package io.trendflow.ingestion;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of the contract, bound to where a file's records have it: a column, a constant, nowhere.
 */
final class BoundField {
  private static final int LONGEST_NUMBER = 40;
  private static final Set<String> YES = Set.of("true", "yes", "y", "1", "in_stock", "in stock");
  private static final Set<String> NO =
      Set.of("false", "no", "n", "0", "out_of_stock", "out of stock");

  private final String name;
  private final @Nullable ColumnConfig column;
  private final int index;
  private final @Nullable String constant;
  private final DateTimeFormatter formatter;
  private String lastText = "";
  private @Nullable TemporalAccessor lastTime;

  BoundField(String name, SourceConfig source, Header header) throws Refusal {
    this.name = name;
    this.column = source.columns().get(name);
    this.index = column == null ? -1 : header.index(column.column());
    this.constant = source.constants().get(name);
    this.formatter = column == null ? DateTimeFormatter.ISO_LOCAL_DATE : column.formatter();
  }

  /** The trimmed text; null when it is empty or nothing is bound. */
  @Nullable String text(String[] record) {
    String text = column == null ? constant : record[index];
    if (text == null) {
      return null;
    }
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return null;
    }
    return column != null && column.uppercase() ? trimmed.toUpperCase(Locale.ROOT) : trimmed;
  }

  /** The text of a field that every record needs. */
  String required(String[] record) throws Defect {
    return present(text(record));
  }

  /** Refuses a field without value. */
  <T> T present(@Nullable T value) throws Defect {
    if (value == null) {
      throw new Defect(Reason.MISSING_VALUE, this + " is empty.");
    }
    return value;
  }

  /** The number, at most {@code limit} from zero. */
  @Nullable BigDecimal number(String[] record, BigDecimal limit) throws Defect {
    String text = text(record);
    if (text == null) {
      return null;
    }
    BigDecimal number = parsed(text);
    // Compared by digits first: a number such as 1e999999999 is too long to be written out.
    if (number.precision() - (long) number.scale() > limit.precision() - limit.scale()
        || number.abs().compareTo(limit) > 0) {
      throw new Defect(
          Reason.OUT_OF_RANGE,
          this
              + " is "
              + quoted(text)
              + ", which is further from zero than "
              + limit.toPlainString()
              + ".");
    }
    return number;
  }

  /** The number, not negative. */
  @Nullable BigDecimal amount(String[] record, BigDecimal limit) throws Defect {
    BigDecimal number = number(record, limit);
    if (number != null && number.signum() < 0) {
      throw new Defect(
          Reason.OUT_OF_RANGE, this + " is " + quoted(number.toString()) + ", which is negative.");
    }
    return number;
  }

  /** The day; a time with an offset is first moved to the shop's time zone. */
  @Nullable LocalDate date(String[] record, ZoneId zone) throws Defect {
    String text = text(record);
    if (text == null) {
      return null;
    }
    try {
      TemporalAccessor time = time(text);
      return time.isSupported(ChronoField.INSTANT_SECONDS)
          ? Instant.from(time).atZone(zone).toLocalDate()
          : LocalDate.from(time);
    } catch (DateTimeException e) {
      String format = column == null || column.format() == null ? "yyyy-MM-dd" : column.format();
      throw new Defect(
          Reason.BAD_DATE,
          this + " is " + quoted(text) + ", which is no date of the form " + format + ".");
    }
  }

  /** Neighbouring records mostly have the same time, which is parsed once. */
  private TemporalAccessor time(String text) {
    TemporalAccessor time = lastTime;
    if (time == null || !text.equals(lastText)) {
      time = formatter.parse(text);
      lastText = text;
      lastTime = time;
    }
    return time;
  }

  /** Yes or no, in the spellings of common exports. */
  @Nullable Boolean flag(String[] record) throws Defect {
    String text = text(record);
    if (text == null) {
      return null;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!YES.contains(lower) && !NO.contains(lower)) {
      throw new Defect(
          Reason.BAD_BOOLEAN,
          this + " is " + quoted(text) + ", which is neither true nor false (yes, no, 1, 0).");
    }
    return YES.contains(lower);
  }

  /** As sentences name it. */
  @Override
  public String toString() {
    return column == null ? name : name + " (column " + column.column() + ")";
  }

  private BigDecimal parsed(String text) throws Defect {
    try {
      BigDecimal number = new BigDecimal(text);
      if (text.length() <= LONGEST_NUMBER && number.scale() <= 100) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the words of the record.
    }
    throw new Defect(
        Reason.BAD_NUMBER,
        this + " is " + quoted(text) + ", which is no number such as 12 or 3.5.");
  }

  /** Text from the file, on one line and short enough for a sentence. */
  static String quoted(String text) {
    String line = text.replaceAll("\\R", " ");
    return "`" + (line.length() > 60 ? line.substring(0, 60) + "..." : line) + "`";
  }
}
