package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.RawFile;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Counts the records of one file by outcome. */
final class FileTally {
  private final FileTask task;
  private final int day;
  private final int periodDays;
  private final Map<String, Long> excluded = new TreeMap<>();
  private final Map<RejectReason, RejectionCount> rejections = new EnumMap<>(RejectReason.class);
  private long read;
  private long accepted;
  private @Nullable LocalDate first;
  private @Nullable LocalDate last;
  private @Nullable LocalDate watermark;
  private @Nullable String refusal;

  FileTally(FileTask task) {
    this.task = task;
    List<String> columns = List.of(CleanedRecords.value(task.source().kind()).fieldNames());
    this.day = columns.indexOf("day");
    this.periodDays = columns.indexOf("period_days");
  }

  /**
   * Counts a row of {@link RecordRows}, and returns whether it is an accepted record.
   *
   * @param duplicate whether the source deduplicates and had the same record before
   * @param known whether an earlier accepted record has the same key
   */
  boolean add(Row row, boolean duplicate, boolean known) {
    long before = accepted;
    String outcome = row.getString(3);
    String code = row.getString(4);
    long record = row.getLong(2);
    switch (outcome) {
      case RecordRows.READ -> read = record;
      case RecordRows.REFUSED -> refusal = row.getString(5);
      case RecordRows.EXCLUDED -> excluded.merge(code, 1L, Long::sum);
      default -> {
        if (duplicate) {
          excluded.merge(FilterConfig.DUPLICATE, 1L, Long::sum);
        } else if (outcome.equals(RecordRows.REJECTED)) {
          reject(RejectReason.ofCode(code), record, row.getString(5));
        } else if (known) {
          reject(
              RejectReason.DUPLICATE_KEY,
              record,
              "An earlier record has the same key and the same available_at.");
        } else {
          accept(row.getStruct(8));
        }
      }
    }
    return accepted > before;
  }

  private void accept(Row value) {
    accepted++;
    if (day >= 0) {
      LocalDate date = value.getAs(day);
      first = first == null || date.isBefore(first) ? date : first;
      last = last == null || date.isAfter(last) ? date : last;
      LocalDate end = date.plusDays(value.getLong(periodDays) - 1);
      watermark = watermark == null || end.isAfter(watermark) ? end : watermark;
    }
  }

  private void reject(RejectReason reason, long record, String detail) {
    RawFile file = task.file();
    rejections.merge(
        reason,
        new RejectionCount(
            file.source(), reason, 1, new RejectionCount.Example(file.file(), record, detail)),
        (a, b) -> new RejectionCount(a.source(), reason, a.records() + 1, a.example()));
  }

  boolean isRefused() {
    return refusal != null;
  }

  FileOutcome outcome(List<FileOutcome.MissingColumn> missing) {
    RawFile file = task.file();
    long left = excluded.values().stream().mapToLong(Long::longValue).sum();
    long rejected = rejections.values().stream().mapToLong(RejectionCount::records).sum();
    return new FileOutcome(
        new FileCount(
            file,
            // A rejected file is not read to its end, so its number of records is not known.
            isRefused() ? accepted + left + rejected : read,
            accepted,
            left,
            rejected),
        task.source().format().type().toString(),
        excluded,
        List.copyOf(rejections.values()),
        first,
        last,
        watermark,
        refusal,
        missing);
  }
}
