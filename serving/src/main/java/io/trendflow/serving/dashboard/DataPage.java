package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.Finding;
import io.trendflow.serving.api.Quality;
import io.trendflow.serving.api.RunSummary;
import java.util.List;

/**
 * Content of the page about the data.
 *
 * @param sources empty for a user of single markets, because their counts are of all
 * @param findings findings of the latest monitoring, the worst first; empty as the sources are
 * @param runs scoring runs, the latest first
 * @param everything whether the user may see all markets
 */
record DataPage(
    List<Quality> sources,
    List<Finding> findings,
    List<RunSummary> runs,
    boolean everything,
    PageLanguage language) {

  /** Number of records of a source that have a reason or filter in common. */
  record Reject(String source, String reason, long records, DrawnBar bar) {}

  /** Returns the findings to look at. */
  List<Finding> bad() {
    return findings.stream().filter(finding -> !finding.level().equals("ok")).toList();
  }

  /** Returns whether a source is older than its configuration allows. */
  boolean isOld(Quality source) {
    return source.maxAgeDays() != null
        && (source.ageDays() == null || source.ageDays() > source.maxAgeDays());
  }

  /** Returns the key of the text that describes how fresh a source is. */
  String state(Quality source) {
    if (isOld(source)) {
      return "data.old";
    }
    if (source.watermark() == null) {
      return "data.undated";
    }
    return source.maxAgeDays() == null ? "data.known" : "data.fresh";
  }

  /** Returns the numbers of rejected records, by source and reason. */
  List<Reject> rejects() {
    return all(Quality::rejections, most(Quality::rejections));
  }

  /** Returns the numbers of excluded records, by source and filter. */
  List<Reject> exclusions() {
    return all(Quality::exclusions, most(Quality::exclusions));
  }

  private interface Counts {
    List<Quality.Count> of(Quality source);
  }

  private double most(Counts counts) {
    return sources.stream()
        .flatMap(source -> counts.of(source).stream())
        .mapToDouble(Quality.Count::records)
        .max()
        .orElse(1);
  }

  private List<Reject> all(Counts counts, double most) {
    return sources.stream()
        .flatMap(
            source ->
                counts.of(source).stream()
                    .map(
                        count ->
                            new Reject(
                                source.source(),
                                count.name(),
                                count.records(),
                                DrawnBar.of((double) count.records(), 0, most))))
        .toList();
  }

  /** Returns the share of a source's records that were rejected. */
  double rejectedShare(Quality source) {
    long judged = source.read() - source.excluded();
    return judged == 0 ? 0 : (double) source.rejected() / judged;
  }
}
