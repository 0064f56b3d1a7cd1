package io.trendflow.examples;

import java.time.LocalDate;
import java.util.List;

/**
 * Mean demand of a product in a market, without the noise of the orders and whatever the stock.
 *
 * @param units mean units of each day of the history less returns, from the first day on; 0 on days
 *     on which the product is not on sale
 */
public record MeanDemand(String productId, String market, LocalDate start, List<Double> units) {
  public MeanDemand {
    units = List.copyOf(units);
  }

  /** Returns the mean units of a number of days of the history after a day. */
  public double after(LocalDate day, int days) {
    int from = (int) (day.toEpochDay() - start.toEpochDay()) + 1;
    return units.subList(from, from + days).stream().mapToDouble(u -> u).sum();
  }
}
