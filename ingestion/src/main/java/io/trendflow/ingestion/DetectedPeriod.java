package io.trendflow.ingestion;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records of trends with one more column, {@link #COLUMN}: the days from a record's date to the
 * next one of the file, which all lie a day, a week or a month apart.
 */
final class DetectedPeriod implements RecordFile {
  static final String COLUMN = "days of the detected period";

  private final RecordFile file;
  private final Header header;
  private final Iterator<String[]> records;

  DetectedPeriod(RecordFile file, SourceConfig source) throws Refusal {
    this.file = file;
    List<String> columns = new ArrayList<>(file.header().columns());
    columns.add(COLUMN);
    this.header = new Header(file.header().file(), columns.toArray(String[]::new));
    this.records = records(new BoundField("date", source, file.header())).iterator();
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public String @Nullable [] next() {
    return records.hasNext() ? records.next() : null;
  }

  @Override
  public void close() {
    file.close();
  }

  private List<String[]> records(BoundField date) throws Refusal {
    List<String[]> records = new ArrayList<>();
    List<Optional<LocalDate>> days = new ArrayList<>();
    for (String[] record = file.next(); record != null; record = file.next()) {
      records.add(record);
      days.add(day(date, record));
    }
    Map<LocalDate, Integer> periods =
        periods(new TreeSet<>(days.stream().flatMap(Optional::stream).toList()));
    for (int i = 0; i < records.size(); i++) {
      String period = days.get(i).map(periods::get).map(String::valueOf).orElse("");
      records.set(i, with(records.get(i), period));
    }
    return records;
  }

  /** The day; none if there is none, which is said when the record is cleaned. */
  private Optional<LocalDate> day(BoundField date, String[] record) {
    if (record.length != file.header().size()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(date.date(record, ZoneOffset.UTC));
    } catch (Defect e) {
      return Optional.empty();
    }
  }

  private Map<LocalDate, Integer> periods(SortedSet<LocalDate> days) throws Refusal {
    Map<LocalDate, Integer> periods = new HashMap<>();
    if (!days.isEmpty()) {
      TrendDates dates =
          TrendDates.of(header.file(), days.stream().map(LocalDate::toString).toList());
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
