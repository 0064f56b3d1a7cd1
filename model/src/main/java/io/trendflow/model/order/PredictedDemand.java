package io.trendflow.model.order;

import io.trendflow.model.UnitQuantiles;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prediction of a product's demand, as its score has it.
 *
 * @param asOf last day that the prediction knows
 * @param horizonStart first day of the horizon, the day after asOf or the launch
 * @param expectedUnits mean units over the horizon
 * @param quantiles quantiles of the units over the horizon; null in old scores
 * @param weeklyUnits expected units of each seven days of the horizon, which add up to
 *     expectedUnits; empty in old scores
 * @param furtherHorizons predictions over longer horizons, the shortest first; empty if there are
 *     none
 */
public record PredictedDemand(
    String market,
    String productId,
    @Nullable String name,
    @Nullable String category,
    LocalDate asOf,
    LocalDate horizonStart,
    int horizonDays,
    double expectedUnits,
    @Nullable UnitQuantiles quantiles,
    List<Double> weeklyUnits,
    List<FurtherHorizon> furtherHorizons) {
  static final int DAYS_OF_WEEK = 7;

  public PredictedDemand {
    weeklyUnits = List.copyOf(weeklyUnits);
    furtherHorizons = List.copyOf(furtherHorizons);
    int weeks = (horizonDays + DAYS_OF_WEEK - 1) / DAYS_OF_WEEK;
    if (!weeklyUnits.isEmpty() && weeklyUnits.size() != weeks) {
      throw new IllegalArgumentException(
          "product %s has units of %d weeks, but its horizon of %d days has %d"
              .formatted(productId, weeklyUnits.size(), horizonDays, weeks));
    }
    List<Integer> days = furtherHorizons.stream().map(FurtherHorizon::horizonDays).toList();
    int before = horizonDays;
    for (int further : days) {
      if (further <= before) {
        throw new IllegalArgumentException(
            "product %s has further horizons of %s days, which do not rise from %d on"
                .formatted(productId, days, horizonDays));
      }
      before = further;
    }
  }
}
