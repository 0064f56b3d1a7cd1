package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.BufferedRecords;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import io.trendflow.ingestion.raw.TrendDates;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Adds to records of trends the column {@link #COLUMN}: the days from a record's date to the next
 * date in the file. The dates must be consecutive days, weeks or months.
 */
final class DetectedPeriod {
  static final String COLUMN = "days of the detected period";

  private DetectedPeriod() {}

  /** Reads a file to its end and closes it. */
  static RecordFile of(RecordFile file, SourceConfig source) throws FileRejectedException {
    try (file) {
      List<String> columns = new ArrayList<>(file.header().columns());
      columns.add(COLUMN);
      return new BufferedRecords(
          new FileHeader(file.header().file(), columns.toArray(String[]::new)),
          records(file, new BoundField("date", source, file.header())));
    }
  }

  private static List<String[]> records(RecordFile file, BoundField date)
      throws FileRejectedException {
    List<String[]> records = new ArrayList<>();
    List<Optional<LocalDate>> days = new ArrayList<>();
    for (String[] record = file.next(); record != null; record = file.next()) {
      records.add(record);
      days.add(record.length == file.header().size() ? day(date, record) : Optional.empty());
    }
    SortedSet<LocalDate> dated = new TreeSet<>(days.stream().flatMap(Optional::stream).toList());
    Map<LocalDate, Integer> periods = periods(file.header().file(), dated);
    for (int i = 0; i < records.size(); i++) {
      String period = days.get(i).map(periods::get).map(String::valueOf).orElse("");
      records.set(i, with(records.get(i), period));
    }
    return records;
  }

  /**
   * Returns the day; empty if the date is missing or not valid, which the cleaning of the record
   * reports.
   */
  private static Optional<LocalDate> day(BoundField date, String[] record) {
    try {
      return Optional.ofNullable(date.date(record, ZoneOffset.UTC));
    } catch (RecordDefectException e) {
      return Optional.empty();
    }
  }

  private static Map<LocalDate, Integer> periods(RawFile file, SortedSet<LocalDate> days)
      throws FileRejectedException {
    Map<LocalDate, Integer> periods = new HashMap<>();
    if (!days.isEmpty()) {
      TrendDates dates = TrendDates.of(file, days.stream().map(LocalDate::toString).toList());
      for (int i = 0; i < days.size(); i++) {
        periods.put(dates.day(i), dates.periodDays(i));
      }
    }
    return periods;
  }

  private static String[] with(String[] record, String period) {
    String[] longer = Arrays.copyOf(record, record.length + 1);
    longer[record.length] = period;
    return longer;
  }
}
