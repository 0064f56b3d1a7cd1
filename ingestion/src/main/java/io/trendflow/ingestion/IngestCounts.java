package io.trendflow.ingestion;

import io.trendflow.ingestion.config.SourceConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Counts of an ingest, as {@code quality.ingests} stores them.
 *
 * @param files one entry per raw file, in the order of the paths
 * @param exclusions excluded records by source and rule
 * @param rejections rejected records by source and reason, the most frequent reason of a source
 *     first
 * @param sources one entry per configured source
 */
public record IngestCounts(
    List<FileCount> files,
    List<ExclusionCount> exclusions,
    List<RejectionCount> rejections,
    List<SourceExtent> sources) {

  /** Returns the number of records read: accepted + excluded + rejected. */
  public long read() {
    return sum(files, FileCount::read);
  }

  /** Returns the number of records that the tables contain. */
  public long accepted() {
    return sum(files, FileCount::accepted);
  }

  /** Returns the number of records that a configured filter excluded. */
  public long excluded() {
    return sum(files, FileCount::excluded);
  }

  /** Returns the number of records that were rejected as defects. */
  public long rejected() {
    return sum(files, FileCount::rejected);
  }

  /**
   * Rejects the ingest if a source's share of rejected records exceeds its {@code max_rejected}.
   *
   * @throws IllegalArgumentException naming the source, its share and limit, and the three most
   *     frequent reasons with an example each
   */
  public void checkLimits(Map<String, SourceConfig> sources) {
    sources.forEach((source, config) -> checkLimit(source, config.maxRejected()));
  }

  /** Returns the number of records of a source that no filter excluded. */
  public long considered(String source) {
    return sum(of(source), file -> file.read() - file.excluded());
  }

  /**
   * Returns the share of a source's {@linkplain #considered considered} records that is rejected,
   * in [0, 1].
   */
  public double rejectedShare(String source) {
    long considered = considered(source);
    return considered == 0 ? 0 : (double) sum(of(source), FileCount::rejected) / considered;
  }

  private List<FileCount> of(String source) {
    return files.stream().filter(count -> count.file().source().equals(source)).toList();
  }

  private void checkLimit(String source, double limit) {
    if (rejectedShare(source) <= limit) {
      return;
    }
    String reasons =
        rejections.stream()
            .filter(row -> row.source().equals(source))
            .sorted(Comparator.comparingLong(RejectionCount::records).reversed())
            .limit(3)
            .map(IngestCounts::sentence)
            .collect(Collectors.joining("; "));
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "source %s: %d of %d records are rejected (%.2f %%), the maximum (max_rejected) is"
                + " %.2f %%: %s Correct the files or the source's mapping.",
            source,
            sum(of(source), FileCount::rejected),
            considered(source),
            100 * rejectedShare(source),
            100 * limit,
            reasons));
  }

  private static String sentence(RejectionCount row) {
    RejectionCount.Example example = row.example();
    return row.records()
        + " "
        + row.reason().code()
        + ", such as "
        + example.file()
        + " record "
        + example.record()
        + ": "
        + example.detail();
  }

  private static <T> long sum(List<T> rows, ToLongFunction<T> count) {
    return rows.stream().mapToLong(count).sum();
  }
}
