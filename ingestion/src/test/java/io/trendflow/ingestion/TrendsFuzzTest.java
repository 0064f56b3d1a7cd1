package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.SourceKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random trends as Google Trends' own export, as a nested document, and with a column for each
 * metric.
 */
class TrendsFuzzTest {
  private static final String VALUES = "keyword geo metric day period_days value";

  /** Series over the same periods; a value is a number, {@code <1} or empty. */
  record Trends(Layout layout, ChronoUnit step, LocalDate first, int periods, List<Series> series) {
    LocalDate day(int period) {
      return first.plus(period, step);
    }

    long days(int period) {
      return ChronoUnit.DAYS.between(day(period), day(period).plus(1, step));
    }
  }

  record Series(String keyword, String place, List<String> values) {}

  @Property
  void googleTrends(@ForAll("google") Trends trends) {
    List<String> header = new ArrayList<>(List.of("Week"));
    trends.series().forEach(series -> header.add(series.keyword() + named(series.place())));
    List<List<String>> lines = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < trends.periods(); i++) {
      List<String> line = new ArrayList<>(List.of(trends.day(i).toString()));
      for (Series series : trends.series()) {
        line.add(series.values().get(i));
        expected.add(outcome(trends, series, i, "interest", true));
      }
      lines.add(line);
    }
    String source =
        """
{kind: 'trends', files: '*', format: %s, period: 'detected', constants: {metric: 'interest'},
 columns: {keyword: 'keyword', date: 'date', value: 'interest', geo: 'geo'}}"""
            .formatted(trends.layout().config());
    byte[] bytes = trends.layout().bytes(header, lines);
    assertThat(read(source, trends.layout(), bytes)).isEqualTo(expected);
  }

  @Property
  void aNestedDocument(@ForAll("documents") Trends trends) {
    List<Object> lists = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (Series series : trends.series()) {
      List<Object> points = new ArrayList<>();
      for (int i = 0; i < trends.periods(); i++) {
        long time = trends.day(i).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        points.add(Map.of("time", i % 2 == 0 ? time : "" + time, "v", List.of(value(series, i))));
        expected.add(outcome(trends, series, i, "a;7", false));
      }
      lists.add(Map.of("term", series.keyword(), "points", points));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("metric", List.of("a", 7));
    document.put("data", Map.of("list", lists));
    String source =
        """
        {kind: 'trends', files: '*', period: '%s', format: {type: 'json', encoding: '%s',
         records: '/data/list/*/points/*'}, columns: {keyword: '../term', value: 'v/0',
         date: {column: 'time', format: 'epoch_seconds'}, metric: '/metric'}}"""
            .formatted(period(trends), trends.layout().encoding());
    byte[] bytes = trends.layout().packed(json(document));
    assertThat(read(source, trends.layout(), bytes)).isEqualTo(expected);
  }

  @Property
  void aColumnForEachMetric(@ForAll("tables") Trends trends) {
    List<List<String>> lines = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    Series first = trends.series().get(0);
    for (int i = 0; i < trends.periods(); i++) {
      List<String> line = new ArrayList<>(List.of(first.keyword(), trends.day(i).toString()));
      boolean miscounted = first.keyword().length() % 4 == 3 && i % 2 == 1;
      for (int cell = 0; cell < trends.series().size(); cell++) {
        line.add(trends.series().get(cell).values().get(i));
        Series same = new Series(first.keyword(), "", trends.series().get(cell).values());
        expected.add(outcome(trends, same, i, "m" + cell, false));
      }
      if (miscounted) {
        expected.subList(expected.size() - trends.series().size(), expected.size()).clear();
        expected.add("rejected column_count");
        line.addAll(List.of("more", "7").subList(0, 1 + i / 2 % 2));
      }
      lines.add(line);
    }
    List<String> metrics = new ArrayList<>();
    for (int cell = 0; cell < trends.series().size(); cell++) {
      metrics.add("m" + cell);
    }
    List<String> header = new ArrayList<>(List.of("tag", "day"));
    header.addAll(metrics);
    String source =
        """
        {kind: 'trends', files: '*', period: '%s', format: %s, unpivot: {columns: [%s], name: 'm'},
         columns: {keyword: 'tag', date: 'day', metric: 'm', value: 'value'}}"""
            .formatted(
                period(trends),
                trends.layout().config(),
                metrics.stream().map(m -> "'" + m + "'").collect(Collectors.joining(",")));
    byte[] bytes = trends.layout().bytes(header, lines);
    assertThat(read(source, trends.layout(), bytes)).isEqualTo(expected);
  }

  private static String period(Trends trends) {
    return switch (trends.step()) {
      case DAYS -> "day";
      case WEEKS -> "week";
      default -> "month";
    };
  }

  private static Object value(Series series, int period) {
    String text = series.values().get(period);
    return text.matches("\\d+") ? Long.valueOf(text) : text;
  }

  private static List<Object> read(String source, Layout layout, byte[] bytes) {
    return TemporaryRaw.outcomes(
        TemporaryRaw.rows(source, layout.file(), bytes), SourceKind.TRENDS, VALUES);
  }

  private static Object outcome(
      Trends trends, Series series, int period, String metric, boolean placed) {
    Cell keyword = Cell.text(normalised(series.keyword())).needed();
    Cell value = Cell.text(series.values().get(period)).needed();
    Optional<Object> rejection = Cells.rejection(List.of(keyword, value), 0, 1);
    if (rejection.isPresent()) {
      return rejection.get();
    }
    String geo = placed && series.place().equals("United Kingdom") ? "GB" : "all";
    return Arrays.asList(
        keyword.value(),
        geo,
        metric,
        trends.day(period),
        trends.days(period),
        value.written().equals("<1") ? 0.5 : Double.parseDouble(value.written()));
  }

  private static String named(String place) {
    return place.isEmpty() ? "" : ": (" + place + ")";
  }

  /**
   * Returns words in lower case with single spaces between them, computed character by character.
   */
  private static String normalised(String keyword) {
    StringBuilder words = new StringBuilder();
    keyword
        .codePoints()
        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
        .filter(c -> c != ' ' || (!words.isEmpty() && words.charAt(words.length() - 1) != ' '))
        .forEach(words::appendCodePoint);
    return words.toString().stripTrailing().toLowerCase(Locale.ROOT);
  }

  private static String json(Object document) {
    try {
      return new JsonMapper().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Provide
  Arbitrary<Trends> google() {
    return trends(Layout.any(FileFormat.GOOGLE_TRENDS));
  }

  @Provide
  Arbitrary<Trends> documents() {
    return trends(Layout.any(FileFormat.JSON));
  }

  @Provide
  Arbitrary<Trends> tables() {
    return trends(Layout.any(FileFormat.CSV, FileFormat.TSV));
  }

  private static Arbitrary<Trends> trends(Arbitrary<Layout> layouts) {
    Arbitrary<LocalDate> days =
        Arbitraries.longs()
            .between(0, 11_000)
            .map(day -> Instant.EPOCH.atZone(ZoneOffset.UTC).toLocalDate().plusDays(7_400 + day));
    return Combinators.combine(
            layouts,
            Arbitraries.of(ChronoUnit.DAYS, ChronoUnit.WEEKS, ChronoUnit.MONTHS),
            days,
            Arbitraries.integers().between(2, 6))
        .flatAs(
            (layout, step, first, periods) ->
                series(layout, periods)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(4)
                    .map(
                        series ->
                            new Trends(layout, step, first.withDayOfMonth(1), periods, series)));
  }

  /** Search terms contain no parentheses, which would contain the place. */
  private static Arbitrary<Series> series(Layout layout, int periods) {
    Arbitrary<String> keywords =
        Cells.texts().map(text -> layout.representable(text).replaceAll("[()\\x1c-\\x1f]", ""));
    Arbitrary<List<String>> values =
        Arbitraries.of("0", "7", "100", "<1", "12.5", "").list().ofSize(periods);
    return Combinators.combine(keywords, Arbitraries.of("", "United Kingdom", "Worldwide"), values)
        .as(Series::new);
  }
}
