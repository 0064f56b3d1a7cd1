package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the scored products of a market that have something in common. The sums of a market's
 * categories, or brands, add up to those of the market.
 *
 * @param name the category or brand, null for the products without one; or the market
 * @param expectedRevenue expected_units times price, in currency; null where no price is known
 * @param upliftRevenue in currency; null where no price is known
 */
@Serdeable
record RollUp(
    String market,
    @Nullable String name,
    long products,
    double expectedUnits,
    double baselineUnits,
    double upliftUnits,
    @Nullable Double expectedRevenue,
    @Nullable Double upliftRevenue,
    @Nullable String currency) {

  /** One for each market and value, by market, then uplift, the largest first. */
  static List<RollUp> of(Iterable<Score> scores, Function<Score, @Nullable String> value) {
    Map<List<@Nullable String>, RollUp> sums = new LinkedHashMap<>();
    for (Score score : scores) {
      RollUp one = one(score, value.apply(score));
      sums.merge(Arrays.asList(one.market, one.name), one, RollUp::plus);
    }
    return sums.values().stream()
        .sorted(
            Comparator.comparing(RollUp::market)
                .thenComparing(Comparator.comparingDouble(RollUp::uplift).reversed())
                .thenComparing(RollUp::name, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  private double uplift() {
    return upliftRevenue == null ? upliftUnits : upliftRevenue;
  }

  private static RollUp one(Score score, @Nullable String name) {
    Double revenue =
        score.price() == null ? null : score.expectedUnits() * score.price().doubleValue();
    return new RollUp(
        score.market(),
        name,
        1,
        score.expectedUnits(),
        score.baselineUnits(),
        score.upliftUnits(),
        revenue,
        score.upliftRevenue(),
        score.currency());
  }

  private RollUp plus(RollUp other) {
    return new RollUp(
        market,
        name,
        products + other.products,
        expectedUnits + other.expectedUnits,
        baselineUnits + other.baselineUnits,
        upliftUnits + other.upliftUnits,
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
