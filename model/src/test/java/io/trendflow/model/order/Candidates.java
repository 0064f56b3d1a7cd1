package io.trendflow.model.order;

import io.trendflow.model.UnitQuantiles;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Candidates of tests. */
final class Candidates {
  static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);

  /** Settings without costs of keeping stock and without salvage. */
  static final DecideSettings PLAIN = new DecideSettings(7, null, 0, 0, null);

  private Candidates() {}

  static PredictedDemand predicted(
      String product, @Nullable String category, double expected, double... quantiles) {
    return new PredictedDemand(
        "uk",
        product,
        null,
        category,
        AS_OF,
        AS_OF.plusDays(1),
        28,
        expected,
        quantiles.length == 0
            ? null
            : new UnitQuantiles(DoubleStream.of(quantiles).boxed().toList()),
        List.of(),
        List.of());
  }

  static OrderTerms terms(double price, double cost, double salvage, long moq, long pack) {
    return new OrderTerms(price, "GBP", cost, salvage, null, moq, pack, null);
  }

  /** Returns a candidate with a distribution that tests bring along. */
  static OrderCandidate of(DemandDistribution demand, OrderTerms terms, StockPosition stock) {
    return OrderCandidate.of(predicted("p", null, 1), terms, stock, demand, PLAIN);
  }

  /** Returns a random product with at most about {@code most} packs of demand. */
  static OrderCandidate random(Random random, int number, int most) {
    long pack = 1L + random.nextInt(6);
    double scale = pack * most * (0.4 + 0.6 * random.nextDouble()) * 0.6;
    double[] quantiles =
        IntStream.range(0, UnitQuantiles.LEVELS.size())
            .mapToDouble(i -> Math.max(0, scale * random.nextDouble() * 2 - scale / 4))
            .sorted()
            .toArray();
    double price = 1 + 20 * random.nextDouble();
    OrderTerms terms =
        new OrderTerms(
            price,
            "GBP",
            price * (0.2 + 0.7 * random.nextDouble()),
            random.nextDouble() / 2,
            null,
            random.nextInt(3) == 0 ? 1L : 1L + random.nextInt((int) (2 * pack)),
            pack,
            "supplier-" + random.nextInt(2));
    StockPosition stock =
        random.nextBoolean()
            ? StockPosition.UNKNOWN
            : new StockPosition(random.nextInt(3), random.nextInt(3));
    return OrderCandidate.of(
        predicted("p" + number, "category-" + random.nextInt(2), quantiles[3], quantiles),
        terms,
        stock,
        PLAIN);
  }

  static List<OrderCandidate> randoms(Random random, int count, int most) {
    return IntStream.range(0, count).mapToObj(i -> random(random, i, most)).toList();
  }

  static long pack(OrderCandidate candidate) {
    return Objects.requireNonNull(candidate.terms().packSize());
  }

  static long moq(OrderCandidate candidate) {
    return Objects.requireNonNull(candidate.terms().moq());
  }

  static String supplier(OrderCandidate candidate) {
    return Objects.requireNonNull(candidate.terms().supplier());
  }

  static String category(OrderCandidate candidate) {
    return Objects.requireNonNull(candidate.predicted().category());
  }
}
