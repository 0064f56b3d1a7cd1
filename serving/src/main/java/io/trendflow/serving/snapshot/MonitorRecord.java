package io.trendflow.serving.snapshot;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Columns of {@code quality.monitors}, described by its contract: a committed monitoring. */
public record MonitorRecord(
    String monitorId, LocalDate asOf, Instant finishedAt, List<MarketResult> results) {

  /** Result of a run in a market. The first rows are those with a rank of at most 50. */
  public record MarketResult(
      String runId,
      LocalDate asOf,
      long horizonDays,
      String market,
      long rows,
      long hits,
      long inside,
      long firstRows,
      long firstHits,
      double firstPromisedUnits,
      double firstRealisedUnits) {}
}
