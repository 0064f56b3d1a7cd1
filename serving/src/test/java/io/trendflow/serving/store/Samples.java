package io.trendflow.serving.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sample runs and scores of a gift shop with two markets. */
public final class Samples {
  public static final LocalDate AS_OF = LocalDate.of(2011, 8, 31);

  private static final List<String> STYLES =
      List.of("Vintage", "Hanging", "Painted", "Folding", "Ceramic", "Woven", "Glass", "Scented");
  private static final List<String> THINGS =
      List.of("Lantern", "Cake Stand", "Bird House", "Rag Doll", "Fairy Lights", "Jam Jar");
  private static final List<String> CATEGORIES =
      List.of("Lighting", "Kitchen", "Garden", "Toys & Games", "Lighting", "Kitchen");
  private static final List<String> LIFECYCLES =
      List.of("established", "new", "established", "launch", "established");

  private Samples() {}

  public static Run run(String runId, int rows) {
    return new Run(
        runId,
        AS_OF,
        28,
        "gbt-4f1c9a27",
        Instant.parse("2011-09-01T04:12:30.123456Z"),
        rows,
        List.of(new Run.LifecycleRows("established", rows), new Run.LifecycleRows("dormant", 7)),
        List.of(
            new Run.Source("shop_orders", "sales", AS_OF, 0L),
            new Run.Source("catalogue", "catalog", AS_OF.minusDays(1), 1L),
            new Run.Source("google_trends", "trends", AS_OF.minusDays(3), 3L),
            new Run.Source("tiktok", "trends", null, null)),
        "uplift_revenue",
        false,
        List.of(),
        false,
        false,
        List.of("ing-1", "ing-2"),
        "0.1.0");
  }

  /** Returns that many rows for each of the markets uk and de, with ranks and potentials. */
  public static List<ScoreRecord> scores(String runId, int perMarket) {
    return Stream.concat(
            market(runId, "uk", "GBP", perMarket).stream(),
            market(runId, "de", "EUR", perMarket).stream())
        .toList();
  }

  private static List<ScoreRecord> market(String runId, String market, String currency, int count) {
    Random random = new Random(market.hashCode());
    List<ScoreRecord> byUplift =
        IntStream.range(0, count)
            .mapToObj(i -> score(runId, market, currency, i, random))
            .sorted(Comparator.comparingDouble(ScoreRecord::upliftUnits).reversed())
            .toList();
    return IntStream.range(0, count)
        .mapToObj(i -> Copies.with(byUplift.get(i), "rank", i + 1L))
        .map(score -> Copies.with(score, "potential", 100 * (count - score.rank() + .5) / count))
        .toList();
  }

  private static ScoreRecord score(
      String runId, String market, String currency, int i, Random random) {
    boolean launch = LIFECYCLES.get(i % LIFECYCLES.size()).equals("launch");
    double baseline = Math.round(Math.exp(1 + 4 * random.nextDouble()) * 10) / 10.0;
    double expected = baseline * Math.exp(.25 + .45 * random.nextGaussian());
    double price = Math.round(100 * (1 + 20 * random.nextDouble())) / 100.0;
    double lower = expected * (.3 + .3 * random.nextDouble());
    double upper = expected * (1.4 + .6 * random.nextDouble());
    double uplift = expected - baseline;
    return new ScoreRecord(
        runId,
        AS_OF,
        28,
        AS_OF.plusDays(launch ? 12 : 1),
        market,
        String.valueOf(20_000 + 37 * i),
        STYLES.get(i % STYLES.size()) + " " + THINGS.get(i % THINGS.size()),
        CATEGORIES.get(i % CATEGORIES.size()),
        i % 4 == 0 ? null : "Brocante",
        LIFECYCLES.get(i % LIFECYCLES.size()),
        launch ? AS_OF.plusDays(12) : AS_OF.minusDays(400),
        expected,
        expected * .93,
        lower,
        upper,
        baseline,
        uplift,
        uplift * price,
        0,
        0,
        expected / baseline - 1,
        amount(price),
        i % 9 == 0,
        currency,
        IntStream.range(0, 12)
            .mapToObj(
                w -> launch ? 0 : Math.rint(baseline / 4 * (.5 + random.nextDouble() + w / 14.)))
            .toList(),
        "gbt-4f1c9a27",
        reasons(uplift),
        families(expected, baseline),
        lower * .8,
        lower,
        expected * .75,
        expected * .93,
        expected * 1.2,
        upper,
        upper * 1.3,
        i % 30 == 0 ? null : uplift > 0 ? .7 : .2,
        uplift > 0 ? "RISER" : "SINKER",
        false,
        List.of(expected * .25, expected * .15, expected * .2, expected * .4),
        List.of(further(56, 1.9, expected, upper), further(91, 3.1, expected, upper)));
  }

  private static ScoreRecord.FurtherHorizon further(
      int days, double times, double expected, double upper) {
    return new ScoreRecord.FurtherHorizon(
        days,
        expected * times,
        expected * .3 * times,
        expected * .5 * times,
        expected * .75 * times,
        expected * .93 * times,
        expected * 1.2 * times,
        upper * times,
        upper * 1.3 * times,
        "gbt-" + days);
  }

  /** Returns the evidence of a trend, which rises if the uplift does, and of the price. */
  private static List<ReasonRecord> reasons(double uplift) {
    double side = uplift < 0 ? -1 : 1;
    return List.of(
        new ReasonRecord(
            "trend_slope_4",
            "searches",
            38 * side,
            null,
            "%",
            "google_trends",
            "lantern",
            .11 * side,
            effect(.11 * side)),
        new ReasonRecord(
            "price_vs_category", "price", -20.0, null, "%", null, null, .02, effect(.02)));
  }

  /** Returns families that add up to the uplift. */
  private static List<ScoreRecord.Family> families(double expected, double baseline) {
    double uplift = Math.log((1 + expected) / (1 + baseline));
    double side = expected < baseline ? -1 : 1;
    return List.of(
        family("searches", .11 * side, expected, baseline),
        family("usual_level", uplift - .11 * side - .02 + .05, expected, baseline),
        family("missing", -.05, expected, baseline),
        family("price", .02, expected, baseline));
  }

  private static ScoreRecord.Family family(
      String name, double contribution, double expected, double baseline) {
    double units = (expected - baseline) / Math.log((1 + expected) / (1 + baseline));
    return new ScoreRecord.Family(name, contribution, contribution * units, effect(contribution));
  }

  private static double effect(double contribution) {
    return Math.rint(1000 * Math.expm1(contribution)) / 10;
  }

  /** Returns an amount as it is read, without trailing zeros. */
  private static BigDecimal amount(double value) {
    BigDecimal amount = BigDecimal.valueOf(value).stripTrailingZeros();
    return amount.scale() < 0 ? amount.setScale(0) : amount;
  }
}
