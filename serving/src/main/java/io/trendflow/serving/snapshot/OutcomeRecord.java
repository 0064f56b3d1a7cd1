package io.trendflow.serving.snapshot;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Columns of {@code prediction.outcomes}, described by its contract: a forecast of an earlier run,
 * and what was sold.
 *
 * @param monitorId id of the monitoring that compared the forecast with the sales
 * @param name display name of the product at the cutoff; null if it had none
 * @param rank rank by uplift within run and market
 * @param actualUnits units sold less returns over the horizon, not below 0
 * @param stockoutDays days of the horizon that were out of stock; null if no stock of the product
 *     is known
 * @param inside whether the units are inside the 80 % interval
 * @param hit whether the units exceed the baseline
 */
@Serdeable
@Schema(name = "Outcome")
public record OutcomeRecord(
    String monitorId,
    String runId,
    LocalDate asOf,
    String market,
    String productId,
    @Nullable String name,
    String lifecycle,
    LocalDate horizonStart,
    long horizonDays,
    long rank,
    double expectedUnits,
    double medianUnits,
    double lowerUnits,
    double upperUnits,
    double baselineUnits,
    double actualUnits,
    @Nullable Long stockoutDays,
    boolean inside,
    boolean hit) {

  /** Returns the days of the horizon on which the product is known to have been out of stock. */
  public long outDays() {
    return stockoutDays == null ? 0 : stockoutDays;
  }

  /** Returns the units beyond the baseline that were sold. */
  public double realisedUplift() {
    return actualUnits - baselineUnits;
  }
}
