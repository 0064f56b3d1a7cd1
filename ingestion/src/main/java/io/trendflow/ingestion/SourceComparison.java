package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.CatalogMatch;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileTask;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Compares the accepted records of different files and sources with each other. */
final class SourceComparison {
  private static final List<String> SALES =
      List.of(CleanedRecords.value(SourceKind.SALES).fieldNames());
  private static final List<String> CATALOG =
      List.of(CleanedRecords.value(SourceKind.CATALOG).fieldNames());

  /** Columns of a sale that are the same if two files have it. */
  private static final List<Integer> SAME =
      Stream.of("market", "product_id", "day", "units", "amount", "order_id")
          .map(SALES::indexOf)
          .toList();

  private static final int MOST_IDS = 1_000_000;
  private static final int FEWEST_LINES = 3;
  private static final int STALE_DAYS = 30;
  private static final int MANY_SALES = 50;
  private static final double LARGE_SHARE = 0.2;

  private record FilePair(int first, int second) {}

  private final Set<String> sold = new TreeSet<>();
  private final Set<String> listed = new TreeSet<>();
  private final List<String> files = new ArrayList<>();
  private final LineHashes lines = new LineHashes();
  private final Map<FilePair, TreeMap<LocalDate, Long>> shared = new HashMap<>();
  private final List<Map<LocalDate, Long>> days = new ArrayList<>();
  private boolean withCatalog;
  private long sales;
  private double units;
  private double largest;
  private String largestIn = "";
  private LocalDate latest = LocalDate.MIN;

  /** Starts the next file. */
  void begin(FileTask task) {
    files.add(task.file().file());
    days.add(new HashMap<>());
    withCatalog |= task.source().kind() == SourceKind.CATALOG;
  }

  /** Adds an accepted record of the last file. */
  void add(FileTask task, Row value) {
    if (task.source().kind() == SourceKind.CATALOG && listed.size() < MOST_IDS) {
      listed.add(value.getString(CATALOG.indexOf("product_id")));
    } else if (task.source().kind() == SourceKind.SALES) {
      if (sold.size() < MOST_IDS) {
        sold.add(value.getString(SALES.indexOf("product_id")));
      }
      line(task, value);
    }
  }

  private void line(FileTask task, Row value) {
    StringBuilder text = new StringBuilder();
    SAME.forEach(column -> text.append(value.get(column)).append('\u001f'));
    text.append(task.file().pull());
    LocalDate day = value.getAs(SALES.indexOf("day"));
    latest = day.isAfter(latest) ? day : latest;
    double count = Math.abs(value.getDouble(SALES.indexOf("units")));
    sales++;
    units += count;
    if (count > largest) {
      largest = count;
      largestIn =
          value.getString(SALES.indexOf("product_id")) + " on " + day + " in " + task.file().file();
    }
    int file = files.size() - 1;
    days.get(file).merge(day, 1L, Long::sum);
    int first = lines.firstFile(DryRun.hash(text.toString()), file);
    if (first != file) {
      shared
          .computeIfAbsent(new FilePair(first, file), key -> new TreeMap<>())
          .merge(day, 1L, Long::sum);
    }
  }

  /**
   * Returns what a person should know, in sentences.
   *
   * @param today day of the check
   */
  List<String> sentences(LocalDate today) {
    List<String> sentences = new ArrayList<>();
    long age = sales == 0 ? 0 : ChronoUnit.DAYS.between(latest, today);
    if (age > STALE_DAYS) {
      sentences.add(
          String.format(
              Locale.ENGLISH,
              "The latest sale is of %s, %,d days ago: add newer files if there are any.",
              latest,
              age));
    }
    if (sales >= MANY_SALES && largest > LARGE_SHARE * units) {
      sentences.add(
          String.format(
              Locale.ENGLISH,
              "One record has %,.0f of all %,.0f units (%s): check whether it is a sale.",
              largest,
              units,
              largestIn));
    }
    List<String> shortened = sold.stream().filter(CatalogMatch::isShortened).toList();
    if (!shortened.isEmpty()) {
      sentences.add(
          "%d sold products have ids such as %s, which a spreadsheet has shortened, so that different products have the same id: export the file again, and do not save it from a spreadsheet."
              .formatted(shortened.size(), shortened.get(0)));
    }
    if (withCatalog && !sold.isEmpty()) {
      sentences.add(CatalogMatch.sentence(sold, listed) + ".");
    }
    shared.forEach(
        (pair, found) -> {
          long equal = found.values().stream().mapToLong(Long::longValue).sum();
          long all =
              found.keySet().stream()
                  .mapToLong(day -> days.get(pair.second()).getOrDefault(day, 0L))
                  .sum();
          if (equal >= FEWEST_LINES && 2 * equal >= all) {
            sentences.add(
                String.format(
                    Locale.ENGLISH,
                    "%,d records of %s, from %s to %s, are also in %s, and count twice: set deduplicate: true for the source, or remove one of the files.",
                    equal,
                    files.get(pair.second()),
                    found.firstKey(),
                    found.lastKey(),
                    files.get(pair.first())));
          }
        });
    return sentences;
  }
}
