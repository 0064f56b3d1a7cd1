package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.config.FileFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Random cells, good and bad. */
final class Cells {
  private static final String[] PIECES = {
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "'",
    "\u00a0",
    "\uFEFF",
    "é",
    "ß",
    "İ",
    "\u0085",
    "\u2028",
    "\uD83D\uDE00",
    "#",
    "/",
    "\\",
    "<",
    "&amp;",
    "]]>",
    "{",
    "[",
    "null",
    "true",
    "0",
    "007",
    "1.50",
    "100.0",
    "-",
    "=1+1",
    "$1",
    "\\n",
    "%",
    "日本",
    "e\u0301"
  };

  private static final LocalDateTime FIRST = LocalDateTime.of(1990, 1, 2, 0, 0);
  private static final int MINUTES = 18_080_000;

  private static final Map<String, String> ZONES =
      Map.of("uk", "Europe/London", "fr", "Europe/Paris");
  private static final Map<String, String> CURRENCIES = Map.of("uk", "GBP", "fr", "EUR");

  private Cells() {}

  /** Returns the market's day at a time, which may be an instant or the day itself. */
  static @Nullable LocalDate day(String market, @Nullable Object time) {
    return time instanceof Instant instant
        ? LocalDate.ofInstant(instant, ZoneId.of(ZONES.getOrDefault(market, "UTC")))
        : (LocalDate) time;
  }

  static @Nullable String currency(String market) {
    return CURRENCIES.get(market);
  }

  /**
   * Returns the expected outcome of a line with defects, which is decided by the first defect in
   * the order of the checks.
   */
  static Optional<Object> rejection(List<Cell> line, int... fields) {
    return Arrays.stream(fields)
        .mapToObj(field -> line.get(field).defect())
        .filter(Objects::nonNull)
        .findFirst()
        .map(defect -> "rejected " + defect.code());
  }

  /** Returns random texts, in which characters that break files are frequent. */
  static Arbitrary<String> texts() {
    Arbitrary<String> others =
        Arbitraries.chars().filter(c -> !Character.isSurrogate(c)).map(String::valueOf);
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(PIECES)),
            Tuple.of(3, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5)),
            Tuple.of(1, others))
        .list()
        .ofMaxSize(5)
        .map(pieces -> String.join("", pieces));
  }

  /** Generates numbers in a style, with absolute values of at most a million. */
  static Arbitrary<Cell> numbers(NumberStyle style, long least) {
    return Combinators.combine(
            Arbitraries.longs().between(least, 1_000_000_000L),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 6))
        .as(
            (digits, scale, form) -> {
              BigDecimal number = BigDecimal.valueOf(digits, scale);
              return Cell.good(style.write(number, form), number);
            });
  }

  /** Generates texts that are not numbers in any style, and numbers that are too large. */
  static Arbitrary<Cell> badNumbers() {
    String long41 = "1" + "0".repeat(40);
    return Arbitraries.of(
        Cell.bad("abc", RejectReason.BAD_NUMBER),
        Cell.bad("NaN", RejectReason.BAD_NUMBER),
        Cell.bad("Infinity", RejectReason.BAD_NUMBER),
        Cell.bad("12 GBP", RejectReason.BAD_NUMBER),
        Cell.bad("--1", RejectReason.BAD_NUMBER),
        Cell.bad("1..2", RejectReason.BAD_NUMBER),
        Cell.bad("1,,2", RejectReason.BAD_NUMBER),
        Cell.bad("0x10", RejectReason.BAD_NUMBER),
        Cell.bad("\"", RejectReason.BAD_NUMBER),
        Cell.bad("1e-101", RejectReason.BAD_NUMBER),
        Cell.bad(long41, RejectReason.BAD_NUMBER),
        Cell.bad("1e10", RejectReason.OUT_OF_RANGE),
        Cell.bad("1e2147483647", RejectReason.OUT_OF_RANGE),
        Cell.bad("99999999999", RejectReason.OUT_OF_RANGE));
  }

  /** Returns times between 1990 and June 2024. */
  static Arbitrary<Cell> dates(DateStyle style) {
    return Arbitraries.integers()
        .between(0, MINUTES)
        .map(
            minutes -> {
              LocalDateTime time = FIRST.plusMinutes(minutes);
              return Cell.good(style.write(time), style.meaning(time));
            });
  }

  /** Returns texts that are not dates in the style, and impossible days. */
  static Arbitrary<Cell> badDates(DateStyle style) {
    return Arbitraries.of(
        Cell.bad("soon", RejectReason.BAD_DATE),
        Cell.bad("2024-13-45", RejectReason.BAD_DATE),
        Cell.bad("30.02.2024 10:00", RejectReason.BAD_DATE),
        Cell.bad("31/04/2024", RejectReason.BAD_DATE),
        Cell.bad("99999999999999999999", RejectReason.BAD_DATE),
        Cell.bad("\n", RejectReason.MISSING_VALUE),
        Cell.bad("", RejectReason.MISSING_VALUE),
        Cell.bad(style.write(LocalDateTime.of(1989, 12, 30, 12, 0)), RejectReason.OUT_OF_RANGE),
        Cell.bad(style.write(LocalDateTime.of(2024, 6, 4, 12, 0)), RejectReason.OUT_OF_RANGE));
  }

  /** Returns good cells, and occasionally a bad one if the table is dirty. */
  static Arbitrary<Cell> mixed(boolean dirt, Arbitrary<Cell> good, Arbitrary<Cell> bad) {
    return dirt ? Arbitraries.frequencyOf(Tuple.of(9, good), Tuple.of(1, bad)) : good;
  }

  /** Returns configured markets, and occasionally others if the table is dirty. */
  static Arbitrary<Cell> markets(boolean dirt) {
    Arbitrary<Cell> bad =
        Arbitraries.of(
            Cell.bad("us", RejectReason.UNKNOWN_MARKET),
            Cell.bad("UK", RejectReason.UNKNOWN_MARKET),
            Cell.bad(" ", RejectReason.MISSING_VALUE));
    return mixed(dirt, Arbitraries.of("uk", " uk", "fr", "fr ").map(Cell::text), bad);
  }

  /** Returns texts that a file can contain. */
  static Arbitrary<Cell> texts(Layout layout) {
    return texts().map(text -> Cell.text(layout.representable(text)));
  }

  static List<String> written(List<Cell> cells) {
    return cells.stream().map(Cell::written).toList();
  }

  /** Returns lines, some with a missing or an additional cell if the format allows it. */
  static Arbitrary<List<Cell>> miscounted(Layout layout, Arbitrary<List<Cell>> lines) {
    boolean counted = layout.format() == FileFormat.CSV || layout.format() == FileFormat.TSV;
    return counted ? lines.flatMap(Cells::miscounted) : lines;
  }

  private static Arbitrary<List<Cell>> miscounted(List<Cell> line) {
    List<Cell> longer = new ArrayList<>(line);
    longer.add(Cell.text("more"));
    return Arbitraries.frequencyOf(
        Tuple.of(18, Arbitraries.just(line)),
        Tuple.of(1, Arbitraries.just(longer)),
        Tuple.of(1, Arbitraries.just(line.subList(0, line.size() - 1))));
  }
}
