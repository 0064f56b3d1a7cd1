package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.MonitorRecord.MarketResult;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Result of an earlier run in a market, whose forecast period is over.
 *
 * @param rows number of products whose forecast can be compared with what was sold
 * @param hitRate share of them that sold more than their baseline
 * @param coverage share of them that sold within the 80 % interval
 * @param firstRows number of them with a rank of at most 50
 * @param firstHits number of the first that sold more than their baseline
 * @param firstPromisedUnits sum over the first of expected_units less baseline_units
 * @param firstRealisedUnits sum over the first of the units sold less baseline_units
 * @param promiseKept first_realised_units / first_promised_units; null if nothing was promised
 */
@Serdeable
public record RunResult(
    String runId,
    LocalDate asOf,
    long horizonDays,
    String market,
    long rows,
    double hitRate,
    double coverage,
    long firstRows,
    long firstHits,
    double firstPromisedUnits,
    double firstRealisedUnits,
    @Nullable Double promiseKept) {

  static RunResult of(MarketResult result) {
    return new RunResult(
        result.runId(),
        result.asOf(),
        result.horizonDays(),
        result.market(),
        result.rows(),
        (double) result.hits() / result.rows(),
        (double) result.inside() / result.rows(),
        result.firstRows(),
        result.firstHits(),
        result.firstPromisedUnits(),
        result.firstRealisedUnits(),
        result.firstPromisedUnits() > 0
            ? (Double) (result.firstRealisedUnits() / result.firstPromisedUnits())
            : null);
  }
}
