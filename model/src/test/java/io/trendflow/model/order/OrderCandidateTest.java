package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderCandidateTest {
  private static final PredictedDemand PREDICTED =
      Candidates.predicted("p", "Mugs", 28, 10, 14, 20, 28, 36, 48, 56);

  @Test
  void theBestOrderIsTheBestOfAllPacks() {
    Random random = new Random(4);
    for (int n = 0; n < 2000; n++) {
      OrderCandidate candidate = Candidates.random(random, n, 30);
      long pack = Candidates.pack(candidate);
      long moq = Candidates.moq(candidate);
      double best =
          LongStream.iterate(pack, units -> units <= 60 * pack, units -> units + pack)
              .filter(units -> units >= moq)
              .mapToDouble(candidate::profit)
              .max()
              .orElseThrow();
      long units = candidate.bestUnits();
      assertThat(units % pack).isZero();
      assertThat(units == 0 || units >= moq).isTrue();
      assertThat(units == 0 ? 0 : candidate.profit(units))
          .isCloseTo(Math.max(0, best), within(1e-9));
    }
  }

  @Test
  void stockOnHandAndOnOrderIsNotOrderedAgain() {
    long without = candidate(StockPosition.UNKNOWN, Candidates.PLAIN).bestUnits();
    OrderCandidate stocked = candidate(new StockPosition(10, 5), Candidates.PLAIN);
    assertThat(stocked.bestUnits()).isEqualTo(without - 15);
    assertThat(candidate(new StockPosition(500, 0), Candidates.PLAIN).bestUnits()).isZero();
  }

  @Test
  void leadTimeAndReviewAreCovered() {
    OrderTerms terms = new OrderTerms(10.0, "GBP", 5.0, 0.0, 49L, null, null, null);
    OrderCandidate candidate =
        OrderCandidate.of(PREDICTED, terms, StockPosition.UNKNOWN, Candidates.PLAIN);
    assertThat(candidate.orderedDays()).isEqualTo(56);
    assertThat(candidate.bestUnits()).isEqualTo(56);
    assertThat(candidate.coverDays(56)).isEqualTo(56);
    assertThat(candidate.orderBy()).isEqualTo(Candidates.AS_OF);
    OrderCandidate stocked =
        OrderCandidate.of(PREDICTED, terms, new StockPosition(60, 0), Candidates.PLAIN);
    assertThat(stocked.orderBy()).isEqualTo(Candidates.AS_OF.plusDays(1 + 60 - 49));
  }

  @Test
  void withoutACostTheSafeUnitsAndTheMissingColumnAreKnown() {
    OrderTerms terms = new OrderTerms(10.0, "GBP", null, null, null, 12L, 6L, null);
    OrderCandidate candidate =
        OrderCandidate.of(PREDICTED, terms, new StockPosition(20, 0), Candidates.PLAIN);
    assertThat(candidate.missing()).containsExactly("unit_cost");
    assertThat(candidate.isComplete()).isFalse();
    // 80 % is a third of the way from 75 % to 90 %: 40 units, of which 20 are there.
    assertThat(candidate.safeUnits(0.8)).isEqualTo(24);
    assertThat(candidate.safeUnits(0.9)).isEqualTo(30);
    assertThat(
            OrderCandidate.of(PREDICTED, OrderTerms.NONE, StockPosition.UNKNOWN, Candidates.PLAIN)
                .missing())
        .containsExactly("price", "unit_cost");
    assertThat(
            OrderCandidate.of(
                    Candidates.predicted("p", null, 3),
                    terms,
                    StockPosition.UNKNOWN,
                    Candidates.PLAIN)
                .missing())
        .containsExactly("units_q50", "unit_cost");
  }

  @Test
  void aMarginCanBeAssumed() {
    OrderTerms terms = new OrderTerms(10.0, "GBP", 0.0, null, null, null, null, null);
    OrderCandidate candidate =
        OrderCandidate.of(
            PREDICTED, terms, StockPosition.UNKNOWN, new DecideSettings(7, 0.4, 0, 0, null));
    assertThat(candidate.unitCost()).isEqualTo(6);
    assertThat(candidate.isCostAssumed()).isTrue();
    assertThat(candidate.criticalRatio()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void aCostAboveThePriceIsNotOrdered() {
    OrderCandidate candidate =
        OrderCandidate.of(
            PREDICTED,
            new OrderTerms(10.0, "GBP", 12.0, null, null, null, null, null),
            StockPosition.UNKNOWN,
            Candidates.PLAIN);
    assertThat(candidate.isCostTooHigh()).isTrue();
    assertThat(candidate.bestUnits()).isZero();
  }

  @Test
  void keepingStockAndSalvageMoveTheCriticalRatio() {
    DecideSettings settings = new DecideSettings(7, null, 0.3, 0.365, null);
    OrderCandidate candidate = candidate(StockPosition.UNKNOWN, settings);
    // Keeping a unit for 28 days costs 0.028 of its cost of 6.
    double leftover = 6 * (0.3 - 0.028);
    assertThat(candidate.criticalRatio()).isCloseTo(4 / (10 - leftover), within(1e-12));
  }

  @Test
  void aMinimumOfServiceRaisesTheOrder() {
    long best = candidate(StockPosition.UNKNOWN, Candidates.PLAIN).bestUnits();
    OrderCandidate safe = candidate(StockPosition.UNKNOWN, new DecideSettings(7, null, 0, 0, 0.95));
    assertThat(safe.bestUnits()).isEqualTo(56).isGreaterThan(best);
    assertThat(safe.stockoutChance(56)).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new StockPosition(-1, 0))
        .hasMessage("the stock is -1.0 on hand and 0.0 on order: neither can be negative");
    assertThatThrownBy(() -> new DecideSettings(0, null, 0, 0, null))
        .hasMessage("review_days is 0, but must be a number from 1 to 365.");
    assertThatThrownBy(() -> new DecideSettings(7, 1.5, 0, 0, null))
        .hasMessageStartingWith("default_margin is 1.5");
  }

  private static OrderCandidate candidate(StockPosition stock, DecideSettings settings) {
    return OrderCandidate.of(
        PREDICTED, new OrderTerms(10.0, "GBP", 6.0, null, null, null, null, null), stock, settings);
  }
}
