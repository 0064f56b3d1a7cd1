package io.trendflow.model.order;

import io.trendflow.model.UnitQuantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Demand for a product by the number of days since the first day of the horizon. Up to the first
 * horizon the expected units follow its weeks, and are even within a week and without weeks. From
 * there they are linear in the days between two horizons, and continue at the mean pace of the last
 * horizon beyond it.
 */
final class DemandPath {
  /** Point of the path: units expected in the first days. */
  private record Knot(double days, double units) {}

  private final PredictedDemand predicted;

  /** Points of ascending days, from 0 to the end of the last horizon. */
  private final List<Knot> knots;

  private DemandPath(PredictedDemand predicted, List<Knot> knots) {
    this.predicted = predicted;
    this.knots = knots;
  }

  static DemandPath of(PredictedDemand predicted) {
    List<Knot> knots = new ArrayList<>(List.of(new Knot(0, 0)));
    double expected = predicted.expectedUnits();
    List<Double> weeks = predicted.weeklyUnits();
    double sum = weeks.stream().mapToDouble(units -> units).sum();
    double cumulative = 0;
    for (int week = 1; week < weeks.size() && sum > 0; week++) {
      cumulative += weeks.get(week - 1);
      // The weeks add up to the expected units but for rounding.
      double units = cumulative * (expected / sum);
      knots.add(new Knot(PredictedDemand.DAYS_OF_WEEK * week, units));
    }
    knots.add(new Knot(predicted.horizonDays(), expected));
    predicted
        .furtherHorizons()
        .forEach(further -> knots.add(new Knot(further.horizonDays(), further.expectedUnits())));
    return new DemandPath(predicted, knots);
  }

  /** Returns the units expected in the first days. */
  double expectedUnits(double days) {
    Knot last = knots.get(knots.size() - 1);
    if (days > last.days()) {
      return last.units() * (days / last.days());
    }
    int next = 1;
    while (knots.get(next).days() < days) {
      next++;
    }
    Knot from = knots.get(next - 1);
    Knot to = knots.get(next);
    double share = (days - from.days()) / (to.days() - from.days());
    return from.units() * (1 - share) + to.units() * share;
  }

  /** Returns the days for which the units last as expected; null if nothing is sold. */
  @Nullable Double lastingDays(double units) {
    Knot last = knots.get(knots.size() - 1);
    if (last.units() <= 0) {
      return null;
    }
    if (units >= last.units()) {
      return units * last.days() / last.units();
    }
    int next = 1;
    while (knots.get(next).units() <= units) {
      next++;
    }
    Knot from = knots.get(next - 1);
    Knot to = knots.get(next);
    return from.days()
        + (units - from.units()) * (to.days() - from.days()) / (to.units() - from.units());
  }

  /**
   * Returns the distribution of the demand in the first days; null if the prediction has no
   * quantiles. Within the first horizon and beyond the last one it is that of the horizon, scaled
   * by the share of the expected units. Each quantile is linear in the days between two horizons.
   */
  @Nullable DemandDistribution demand(int days) {
    UnitQuantiles quantiles = predicted.quantiles();
    if (quantiles == null) {
      return null;
    }
    int horizon = predicted.horizonDays();
    if (days <= horizon) {
      return QuantileDemand.of(quantiles, share(days));
    }
    for (FurtherHorizon further : predicted.furtherHorizons()) {
      if (days < further.horizonDays()) {
        double share = (double) (days - horizon) / (further.horizonDays() - horizon);
        return QuantileDemand.of(between(quantiles, further.quantiles(), share));
      }
      horizon = further.horizonDays();
      quantiles = further.quantiles();
    }
    return QuantileDemand.of(quantiles, (double) days / horizon);
  }

  /** Returns the share of the first horizon's expected units that its first days have. */
  private double share(int days) {
    return predicted.weeklyUnits().isEmpty() || predicted.expectedUnits() <= 0
        ? (double) days / predicted.horizonDays()
        : expectedUnits(days) / predicted.expectedUnits();
  }

  private static UnitQuantiles between(UnitQuantiles shorter, UnitQuantiles longer, double share) {
    return new UnitQuantiles(
        IntStream.range(0, UnitQuantiles.LEVELS.size())
            .mapToObj(
                level ->
                    shorter.units().get(level) * (1 - share) + longer.units().get(level) * share)
            .toList());
  }
}
