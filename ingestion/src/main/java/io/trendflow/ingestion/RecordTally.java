package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.RawFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Counts the records by file and outcome, and rejects the ingest if a file was rejected. */
final class RecordTally {
  private static final Column LAST_DAY =
      date_add(col("value.day"), col("value.period_days").minus(1).cast(DataTypes.IntegerType));

  /**
   * Records of one file with the same outcome.
   *
   * @param code rule of an exclusion or reason of a rejection; otherwise empty
   * @param record ordinal of the first record in the file, from 1; for the row that ends a file, of
   *     the last record
   * @param firstDay first day of the records; null if they have no day
   * @param watermark last day of their periods; null if they have no day
   */
  private record Group(
      String source,
      String file,
      String outcome,
      String code,
      long records,
      long record,
      @Nullable LocalDate firstDay,
      @Nullable LocalDate watermark) {

    static Group of(Row row) {
      return new Group(
          row.getAs("source"),
          row.getAs("file"),
          row.getAs("outcome"),
          Objects.requireNonNullElse(row.getAs("code"), ""),
          row.<Long>getAs("records"),
          row.<Long>getAs("record"),
          row.getAs("first_day"),
          row.getAs("watermark"));
    }

    boolean is(String wanted) {
      return outcome.equals(wanted);
    }
  }

  /** Groups in the order of the files, so that the first example is the first record. */
  private final List<Group> groups;

  /** Details of the first record of each group, by {@link #place}. */
  private final Map<String, String> details;

  private RecordTally(List<Group> groups, Map<String, String> details) {
    this.groups = groups;
    this.details = details;
  }

  /**
   * Counts all records.
   *
   * @param records records that are cached, which this fills
   * @param outcomes outcomes of the files whose records are not among these
   */
  static RecordTally of(Map<SourceKind, Dataset<Row>> records, List<FileOutcome> outcomes) {
    List<Group> groups = new ArrayList<>();
    Map<String, String> details = new HashMap<>();
    outcomes.forEach(outcome -> add(outcome, groups, details));
    records.entrySet().stream()
        .map(kind -> counted(kind.getKey(), kind.getValue()))
        .reduce(Dataset::union)
        .ifPresent(all -> add(all, groups, details));
    groups.sort(Comparator.comparing(Group::file));
    return new RecordTally(groups, details);
  }

  /** Selects what is counted, in columns that all kinds have. */
  private static Dataset<Row> counted(SourceKind kind, Dataset<Row> records) {
    Column none = lit(null).cast(DataTypes.DateType);
    boolean dated = kind != SourceKind.CATALOG && kind != SourceKind.CALENDAR;
    return records.select(
        col("source"),
        col("file"),
        col("outcome"),
        col("code"),
        col("record"),
        col("detail"),
        (dated ? col("value.day") : none).as("day"),
        (dated ? LAST_DAY : none).as("last_day"));
  }

  private static void add(Dataset<Row> all, List<Group> groups, Map<String, String> details) {
    all.groupBy("source", "file", "outcome", "code")
        .agg(
            count(lit(1)).as("records"),
            min("record").as("record"),
            min("day").as("first_day"),
            max("last_day").as("watermark"))
        .collectAsList()
        .forEach(row -> groups.add(Group.of(row)));
    // The details are collected separately from the counts, because a text in an aggregate makes
    // Spark sort all records.
    all.where(col("detail").isNotNull())
        .groupBy("file", "outcome", "code")
        .agg(min(struct(col("record"), col("detail"))).as("first"))
        .select("outcome", "file", "first.*")
        .collectAsList()
        .forEach(
            row ->
                details.put(
                    place(row.getString(0), row.getString(1), row.getLong(2)), row.getString(3)));
  }

  private static void add(FileOutcome outcome, List<Group> groups, Map<String, String> details) {
    FileCount count = outcome.count();
    RawFile file = count.file();
    String refusal = outcome.refusal();
    String end = refusal == null ? RecordRows.READ : RecordRows.REFUSED;
    groups.add(new Group(file.source(), file.file(), end, "", 1, count.read(), null, null));
    if (refusal != null) {
      details.put(place(end, file.file(), count.read()), refusal);
    }
    if (count.accepted() > 0) {
      groups.add(
          new Group(
              file.source(),
              file.file(),
              RecordRows.ACCEPTED,
              "",
              count.accepted(),
              0,
              outcome.firstDay(),
              outcome.watermark()));
    }
    outcome
        .excluded()
        .forEach(
            (rule, records) ->
                groups.add(
                    new Group(
                        file.source(),
                        file.file(),
                        RecordRows.EXCLUDED,
                        rule,
                        records,
                        0,
                        null,
                        null)));
    for (RejectionCount rejection : outcome.rejections()) {
      long record = rejection.example().record();
      groups.add(
          new Group(
              file.source(),
              file.file(),
              RecordRows.REJECTED,
              rejection.reason().code(),
              rejection.records(),
              record,
              null,
              null));
      details.put(place(RecordRows.REJECTED, file.file(), record), rejection.example().detail());
    }
  }

  private static String place(String outcome, String file, long record) {
    return outcome + " " + record + " " + file;
  }

  private String detail(Group group) {
    return details.getOrDefault(place(group.outcome(), group.file(), group.record()), "");
  }

  /**
   * Rejects the ingest if a file was rejected.
   *
   * @throws IllegalArgumentException with the sentence of the first rejected file
   */
  void checkRefusals() {
    List<Group> refused = groups.stream().filter(group -> group.is(RecordRows.REFUSED)).toList();
    if (!refused.isEmpty()) {
      int others = refused.size() - 1;
      String more = others == 0 ? "" : " Other rejected files: " + others + ".";
      throw new IllegalArgumentException(detail(refused.get(0)) + more);
    }
  }

  /** Returns the counts of every file, and checks that each adds up. */
  List<FileCount> files(List<RawFile> files) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (Group group : groups) {
      long records = group.is(RecordRows.READ) ? group.record() : group.records();
      counts
          .computeIfAbsent(group.file(), file -> new TreeMap<>())
          .merge(group.outcome(), records, Long::sum);
    }
    return files.stream()
        .map(file -> counted(file, counts.getOrDefault(file.file(), Map.of())))
        .toList();
  }

  private static FileCount counted(RawFile file, Map<String, Long> outcomes) {
    return new FileCount(
        file,
        Objects.requireNonNull(
            outcomes.get(RecordRows.READ), file.file() + " was not read to its end"),
        outcomes.getOrDefault(RecordRows.ACCEPTED, 0L),
        outcomes.getOrDefault(RecordRows.EXCLUDED, 0L),
        outcomes.getOrDefault(RecordRows.REJECTED, 0L));
  }

  /** Returns the days of a source's accepted records. */
  SourceExtent extent(String source, SourceKind kind) {
    List<Group> accepted =
        groups.stream()
            .filter(group -> group.source().equals(source) && group.is(RecordRows.ACCEPTED))
            .toList();
    return new SourceExtent(
        source,
        kind,
        accepted.stream()
            .map(Group::firstDay)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        accepted.stream()
            .map(Group::watermark)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null));
  }

  List<ExclusionCount> exclusions() {
    Map<String, ExclusionCount> sums = new LinkedHashMap<>();
    for (Group group : groups) {
      if (group.is(RecordRows.EXCLUDED)) {
        sums.merge(
            group.source() + " " + group.code(),
            new ExclusionCount(group.source(), group.code(), group.records()),
            (a, b) -> new ExclusionCount(a.source(), a.rule(), a.records() + b.records()));
      }
    }
    return sums.values().stream()
        .sorted(Comparator.comparing(ExclusionCount::source).thenComparing(ExclusionCount::rule))
        .toList();
  }

  List<RejectionCount> rejections() {
    Map<String, RejectionCount> sums = new LinkedHashMap<>();
    for (Group group : groups) {
      if (group.is(RecordRows.REJECTED)) {
        sums.merge(
            group.source() + " " + group.code(),
            new RejectionCount(
                group.source(),
                RejectReason.ofCode(group.code()),
                group.records(),
                new RejectionCount.Example(group.file(), group.record(), detail(group))),
            (a, b) ->
                new RejectionCount(a.source(), a.reason(), a.records() + b.records(), a.example()));
      }
    }
    return sums.values().stream()
        .sorted(
            Comparator.comparing(RejectionCount::source)
                .thenComparing(RejectionCount::records, Comparator.reverseOrder())
                .thenComparing(RejectionCount::reason))
        .toList();
  }
}
