package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceKind;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guess of the period of a record.
 *
 * @param period day, week or month
 * @param isShown whether the name or the form of the dates shows the period; otherwise it is
 *     guessed from the distance between the dates of one series
 */
record PeriodGuess(RecordPeriod period, boolean isShown) {
  private static final int ENOUGH = 8;
  private static final List<String> WEEKS =
      List.of("week", "weekly", "semaine", "hebdo", "woche", "wochen", "kw", "semana", "settimana");
  private static final List<String> MONTHS =
      List.of("month", "monthly", "mois", "mensuel", "monat", "mes", "mese");
  private static final Pattern TIME = Pattern.compile("\\d:\\d\\d");
  private static final Pattern MIDNIGHT = Pattern.compile("\\b(?:0?0:00(?::00)?|12:00(?::00)? AM)");
  private static final PeriodGuess DAYS = new PeriodGuess(RecordPeriod.DAY, true);

  /** Guesses the period of a table's records. */
  static PeriodGuess of(LookalikeFiles group, ColumnMapping mapping) {
    ColumnSample date = mapping.columns().get("date");
    boolean ofPeriods = mapping.kind() == SourceKind.SALES || mapping.kind() == SourceKind.TRENDS;
    if (!ofPeriods || date == null) {
      return DAYS;
    }
    DateGuess form = date.dates(true);
    if (form.period() != RecordPeriod.DAY) {
      return new PeriodGuess(form.period(), true);
    }
    // An order has a day, however regularly the shop opens.
    if (mapping.columns().containsKey("order_id") || hasTime(date)) {
      return DAYS;
    }
    RecordPeriod rhythm = rhythm(keys(group, mapping), date.texts(), form);
    List<String> words = rhythm == RecordPeriod.WEEK ? WEEKS : MONTHS;
    return new PeriodGuess(
        rhythm, rhythm == RecordPeriod.DAY || NameWords.first(date.name(), words).isPresent());
  }

  /** Returns whether some dates have a time of day, which totals do not have. */
  private static boolean hasTime(ColumnSample date) {
    return date.texts().stream()
        .anyMatch(text -> TIME.matcher(text).find() && !MIDNIGHT.matcher(text).find());
  }

  private static List<String> keys(LookalikeFiles group, ColumnMapping mapping) {
    ColumnSample key =
        mapping.columns().get(mapping.kind() == SourceKind.SALES ? "product_id" : "keyword");
    ColumnSample geo = mapping.columns().get("geo");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < group.records(); i++) {
      keys.add(text(key, i) + "\t" + text(geo, i));
    }
    return keys;
  }

  private static String text(@Nullable ColumnSample column, int record) {
    return column == null ? "" : column.texts().get(record);
  }

  private static RecordPeriod rhythm(List<String> keys, List<String> dates, DateGuess form) {
    Map<String, TreeSet<LocalDate>> days = new HashMap<>();
    Map<String, LocalDate> parsed = new HashMap<>();
    for (int i = 0; i < dates.size(); i++) {
      LocalDate day =
          parsed.computeIfAbsent(dates.get(i), text -> form.day(text).orElse(LocalDate.MIN));
      if (!day.equals(LocalDate.MIN)) {
        days.computeIfAbsent(keys.get(i), key -> new TreeSet<>()).add(day);
      }
    }
    boolean firsts =
        days.values().stream().allMatch(own -> own.stream().allMatch(d -> d.getDayOfMonth() == 1));
    List<Long> gaps = new ArrayList<>();
    days.values().forEach(own -> addGaps(own, gaps));
    if (gaps.size() < ENOUGH) {
      return RecordPeriod.DAY;
    }
    long weeks = gaps.stream().filter(gap -> gap % 7 == 0).count();
    return firsts
        ? RecordPeriod.MONTH
        : weeks >= 0.99 * gaps.size() ? RecordPeriod.WEEK : RecordPeriod.DAY;
  }

  private static void addGaps(SortedSet<LocalDate> days, List<Long> gaps) {
    LocalDate before = null;
    for (LocalDate day : days) {
      if (before != null) {
        gaps.add(ChronoUnit.DAYS.between(before, day));
      }
      before = day;
    }
  }
}
