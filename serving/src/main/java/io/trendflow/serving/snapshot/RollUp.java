package io.trendflow.serving.snapshot;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.store.ScoreRecord;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Sums over scored products of a market that have a value in common. The sums of a market's
 * categories, or of its brands, add up to the sums of the market.
 *
 * @param products number of scored products
 * @param name category, brand or market; null for products that have no category or no brand
 * @param expectedUnits sum of the expected units
 * @param baselineUnits sum of the baseline's units
 * @param upliftUnits expected_units less baseline_units
 * @param slowingProducts number of products in the state SINKER
 * @param slowingUnits their uplift in units, which is below 0
 * @param slowingRevenue their uplift in currency; null if no price of theirs is known
 * @param expectedRevenue expected_units times price, in currency; null if no price is known
 * @param upliftRevenue uplift in currency; null if no price is known
 */
@Serdeable
public record RollUp(
    String market,
    @Nullable String name,
    long products,
    double expectedUnits,
    double baselineUnits,
    double upliftUnits,
    long slowingProducts,
    double slowingUnits,
    @Nullable Double slowingRevenue,
    @Nullable Double expectedRevenue,
    @Nullable Double upliftRevenue,
    @Nullable String currency) {

  /** Order by market, then by uplift, the largest first. */
  static final Comparator<RollUp> ORDER =
      Comparator.comparing(RollUp::market)
          .thenComparing(Comparator.comparingDouble(RollUp::uplift).reversed())
          .thenComparing(RollUp::name, Comparator.nullsLast(Comparator.naturalOrder()));

  private double uplift() {
    return upliftRevenue == null ? upliftUnits : upliftRevenue;
  }

  /** Returns the sums of a single score. */
  public static RollUp of(ScoreRecord score, @Nullable String name) {
    boolean slows = "SINKER".equals(score.state());
    Double revenue =
        score.price() == null ? null : score.expectedUnits() * score.price().doubleValue();
    return new RollUp(
        score.market(),
        name,
        1,
        score.expectedUnits(),
        score.baselineUnits(),
        score.upliftUnits(),
        slows ? 1 : 0,
        slows ? score.upliftUnits() : 0,
        slows ? score.upliftRevenue() : null,
        revenue,
        score.upliftRevenue(),
        score.currency());
  }

  /** Adds the sums of the same market and name. */
  RollUp plus(RollUp other) {
    return new RollUp(
        market,
        name,
        products + other.products,
        expectedUnits + other.expectedUnits,
        baselineUnits + other.baselineUnits,
        upliftUnits + other.upliftUnits,
        slowingProducts + other.slowingProducts,
        slowingUnits + other.slowingUnits,
        sum(slowingRevenue, other.slowingRevenue),
        sum(expectedRevenue, other.expectedRevenue),
        sum(upliftRevenue, other.upliftRevenue),
        currency == null ? other.currency : currency);
  }

  private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : (Double) (a + b);
  }
}
