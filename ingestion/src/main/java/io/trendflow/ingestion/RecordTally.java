package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.raw.RawFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the records by file and outcome, and rejects the ingest if a file was rejected. */
final class RecordTally {
  /**
   * Records of one file with the same outcome.
   *
   * @param code rule of an exclusion or reason of a rejection; otherwise empty
   * @param record ordinal of the first record in the file, from 1; for the row that ends a file, of
   *     the last record
   */
  private record Group(
      String source, String file, String outcome, String code, long records, long record) {

    static Group of(Row row) {
      return new Group(
          row.getAs("source"),
          row.getAs("file"),
          row.getAs("outcome"),
          Objects.requireNonNullElse(row.getAs("code"), ""),
          row.<Long>getAs("records"),
          row.<Long>getAs("record"));
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
  static RecordTally of(Collection<Dataset<Row>> records, List<FileOutcome> outcomes) {
    List<Group> groups = new ArrayList<>();
    Map<String, String> details = new HashMap<>();
    outcomes.forEach(outcome -> add(outcome, groups, details));
    for (Dataset<Row> kind : records) {
      kind.groupBy("source", "file", "outcome", "code")
          .agg(count(lit(1)).as("records"), min("record").as("record"))
          .collectAsList()
          .forEach(row -> groups.add(Group.of(row)));
      // The details are collected separately from the counts, because a text in an aggregate makes
      // Spark sort all records.
      kind.where(col("detail").isNotNull())
          .groupBy("file", "outcome", "code")
          .agg(min(struct(col("record"), col("detail"))).as("first"))
          .select("outcome", "file", "first.*")
          .collectAsList()
          .forEach(
              row ->
                  details.put(
                      place(row.getString(0), row.getString(1), row.getLong(2)), row.getString(3)));
    }
    groups.sort(Comparator.comparing(Group::file));
    return new RecordTally(groups, details);
  }

  private static void add(FileOutcome outcome, List<Group> groups, Map<String, String> details) {
    FileCount file = outcome.count();
    String refusal = outcome.refusal();
    String end = refusal == null ? RecordRows.READ : RecordRows.REFUSED;
    groups.add(new Group(file.source(), file.file(), end, "", 1, file.read()));
    if (refusal != null) {
      details.put(place(end, file.file(), file.read()), refusal);
    }
    if (file.accepted() > 0) {
      groups.add(
          new Group(file.source(), file.file(), RecordRows.ACCEPTED, "", file.accepted(), 0));
    }
    outcome
        .excluded()
        .forEach(
            (rule, count) ->
                groups.add(
                    new Group(file.source(), file.file(), RecordRows.EXCLUDED, rule, count, 0)));
    for (RejectionCount rejection : outcome.rejections()) {
      long record = rejection.example().record();
      groups.add(
          new Group(
              file.source(),
              file.file(),
              RecordRows.REJECTED,
              rejection.reason().code(),
              rejection.records(),
              record));
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
        file.source(),
        file.file(),
        file.sha256(),
        file.bytes(),
        Objects.requireNonNull(
            outcomes.get(RecordRows.READ), file.file() + " was not read to its end"),
        outcomes.getOrDefault(RecordRows.ACCEPTED, 0L),
        outcomes.getOrDefault(RecordRows.EXCLUDED, 0L),
        outcomes.getOrDefault(RecordRows.REJECTED, 0L));
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
