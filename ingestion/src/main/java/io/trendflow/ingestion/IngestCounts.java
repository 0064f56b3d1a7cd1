package io.trendflow.ingestion;

import io.trendflow.ingestion.config.SourceConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Everything counted in an ingest, as {@code quality.ingests} stores it.
 *
 * @param files one per raw file, in the order of their paths
 * @param exclusions by source and rule
 * @param rejections by source and reason, the most frequent of a source first
 * @param sources one per configured source
 */
public record IngestCounts(
    List<FileCount> files,
    List<ExclusionCount> exclusions,
    List<RejectionCount> rejections,
    List<SourceExtent> sources) {

  /** Records read = accepted + excluded + rejected. */
  public long read() {
    return sum(files, FileCount::read);
  }

  /** Records that went into the tables. */
  public long accepted() {
    return sum(files, FileCount::accepted);
  }

  /** Records that a configured filter left out. */
  public long excluded() {
    return sum(files, FileCount::excluded);
  }

  /** Records that are defects. */
  public long rejected() {
    return sum(files, FileCount::rejected);
  }

  /**
   * Refuses the ingest if a source has more defects than its {@code max_rejected} allows.
   *
   * @throws IllegalArgumentException naming the source, its share and limit, and the three most
   *     frequent reasons with an example each
   */
  public void checkLimits(Map<String, SourceConfig> sources) {
    sources.forEach((source, config) -> checkLimit(source, config.maxRejected()));
  }

  /** Records of a source that no filter left out. */
  public long considered(String source) {
    return sum(of(source), file -> file.read() - file.excluded());
  }

  /** The share of a source's {@linkplain #considered considered} records that is rejected. */
  public double rejectedShare(String source) {
    long considered = considered(source);
    return considered == 0 ? 0 : (double) sum(of(source), FileCount::rejected) / considered;
  }

  private List<FileCount> of(String source) {
    return files.stream().filter(file -> file.source().equals(source)).toList();
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
            "source %s: %d of %d records are rejected (%.2f %%), more than max_rejected %.2f %%"
                + " allows: %s Correct the files or the source's mapping.",
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
