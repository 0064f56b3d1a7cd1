package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the records by file and outcome, and refuses the ingest if a file was refused. */
final class Tally {
  /**
   * Records of one file that came out alike.
   *
   * @param code rule or reason; empty for other outcomes
   * @param record ordinal of the first of them; for the row that ends a file, its last record
   * @param detail of the first of them; empty where there is none
   */
  private record Group(
      String source,
      String file,
      String outcome,
      String code,
      long records,
      long record,
      String detail) {

    static Group of(Row row) {
      Row example = row.getAs("example");
      return new Group(
          row.getAs("source"),
          row.getAs("file"),
          row.getAs("outcome"),
          Objects.requireNonNullElse(row.getAs("code"), ""),
          row.<Long>getAs("records"),
          example.getLong(0),
          Objects.requireNonNullElse(example.getString(1), ""));
    }

    boolean is(String wanted) {
      return outcome.equals(wanted);
    }
  }

  /** In the order of the files, so that the first example is the first record. */
  private final List<Group> groups;

  private Tally(List<Group> groups) {
    this.groups = groups;
  }

  /** Passes over all records once; those to be cached are cached afterwards. */
  static Tally of(Collection<Dataset<Row>> records) {
    List<Group> groups = new ArrayList<>();
    for (Dataset<Row> kind : records) {
      kind.groupBy("source", "file", "outcome", "code")
          .agg(count(lit(1)).as("records"), min(struct(col("record"), col("detail"))).as("example"))
          .collectAsList()
          .forEach(row -> groups.add(Group.of(row)));
    }
    groups.sort(Comparator.comparing(Group::file));
    return new Tally(groups);
  }

  /**
   * @throws IllegalArgumentException with the sentence of the first file that was refused
   */
  void checkRefusals() {
    List<Group> refused = groups.stream().filter(group -> group.is(RecordRows.REFUSED)).toList();
    if (!refused.isEmpty()) {
      int others = refused.size() - 1;
      String more = others == 0 ? "" : " Further files that are refused: " + others + ".";
      throw new IllegalArgumentException(refused.get(0).detail() + more);
    }
  }

  /** One per file, each checked to add up. */
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
        Objects.requireNonNull(outcomes.get(RecordRows.READ), file.file() + " has no end"),
        outcomes.getOrDefault(RecordRows.ACCEPTED, 0L),
        outcomes.getOrDefault(RecordRows.EXCLUDED, 0L),
        outcomes.getOrDefault(RecordRows.REJECTED, 0L));
  }

  List<Exclusions> exclusions() {
    Map<String, Exclusions> sums = new LinkedHashMap<>();
    for (Group group : groups) {
      if (group.is(RecordRows.EXCLUDED)) {
        sums.merge(
            group.source() + " " + group.code(),
            new Exclusions(group.source(), group.code(), group.records()),
            (a, b) -> new Exclusions(a.source(), a.rule(), a.records() + b.records()));
      }
    }
    return sums.values().stream()
        .sorted(Comparator.comparing(Exclusions::source).thenComparing(Exclusions::rule))
        .toList();
  }

  List<Rejections> rejections() {
    Map<String, Rejections> sums = new LinkedHashMap<>();
    for (Group group : groups) {
      if (group.is(RecordRows.REJECTED)) {
        sums.merge(
            group.source() + " " + group.code(),
            new Rejections(
                group.source(),
                Reason.ofCode(group.code()),
                group.records(),
                new Rejections.Example(group.file(), group.record(), group.detail())),
            (a, b) ->
                new Rejections(a.source(), a.reason(), a.records() + b.records(), a.example()));
      }
    }
    return sums.values().stream()
        .sorted(
            Comparator.comparing(Rejections::source)
                .thenComparing(Rejections::records, Comparator.reverseOrder())
                .thenComparing(Rejections::reason))
        .toList();
  }
}
