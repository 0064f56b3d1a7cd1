package io.trendflow.serving.store;

import io.trendflow.schemas.Table;
import io.trendflow.serving.snapshot.MonitorRecord;
import io.trendflow.serving.snapshot.OutcomeRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sample store with rows in every table: the run r1 of {@link Samples}, an earlier run r0, a run in
 * hindsight, and products that are not scored.
 */
public final class Shop {
  public static final String INGEST = "ing-1";
  static final LocalDate AS_OF = Samples.AS_OF;

  /** Product that is scored in both markets and has sales, a trend and a catalogue entry. */
  public static final String LANTERN = "20000";

  private Shop() {}

  /** Columns of a sale that are required or read. */
  record SaleRow(
      String ingestId,
      String source,
      String market,
      String productId,
      LocalDate saleDate,
      long periodDays,
      double grossUnits,
      double returnUnits,
      @Nullable BigDecimal grossRevenue,
      @Nullable BigDecimal refunds,
      Instant availableAt) {

    /** Returns the same sale over a period of some days. */
    SaleRow over(int days) {
      return new SaleRow(
          ingestId,
          source,
          market,
          productId,
          saleDate,
          days,
          grossUnits,
          returnUnits,
          grossRevenue,
          refunds,
          availableAt);
    }
  }

  public static <S extends SampleStore> S publish(S store) {
    List<ScoreRecord> scores = Samples.scores("r1", 60);
    store.write(Table.INGESTS, INGEST, List.of(ingest()));
    store.write(Table.DAILY_SALES, INGEST, sales());
    store.write(Table.CATALOG, INGEST, catalogue());
    store.write(Table.CALENDAR, INGEST, calendar());
    store.write(Table.SIGNALS, INGEST, signals());
    store.write(Table.MODELS, "b1", List.of(model("backtested", 1), model("promoted", 2)));
    store.write(
        Table.PRODUCT_KEYWORDS,
        "r1",
        List.of(
            new ProductKeyword("uk", LANTERN, "google_trends", "lantern", "GB", .8, "name"),
            new ProductKeyword("uk", LANTERN, "google_trends", "unseen", "GB", .5, "name")));
    publish(store, "r0", 7, false);
    publish(store, "r-hindsight", 3, true);
    store.publish(Samples.run("r1", 120), scores);
    return store;
  }

  private static void publish(SampleStore store, String id, int daysBefore, boolean hindsight) {
    LocalDate asOf = AS_OF.minusDays(daysBefore);
    Run run = Copies.with(Samples.run(id, 120), "asOf", asOf);
    List<ScoreRecord> scores =
        Samples.scores(id, 60).stream().map(score -> Copies.with(score, "asOf", asOf)).toList();
    store.publish(Copies.with(run, "hindsight", hindsight), scores);
  }

  /** Publishes a run of an earlier day whose ranks are those of r1 in reverse order. */
  public static void publishReversed(SampleStore store, String id, int daysBefore) {
    LocalDate asOf = AS_OF.minusDays(daysBefore);
    store.publish(
        Copies.with(Samples.run(id, 120), "asOf", asOf),
        Samples.scores(id, 60).stream()
            .map(score -> Copies.with(score, "asOf", asOf))
            .map(score -> Copies.with(score, "rank", 61 - score.rank()))
            .toList());
  }

  /**
   * Publishes a run of an earlier day and its outcomes: each product sold as many units as
   * expected, but every fifth none.
   *
   * @param monitor id of the monitoring, which is of the day of run r1
   */
  public static void judge(SampleStore store, String monitor, String run, int daysBefore) {
    publish(store, run, daysBefore, false);
    List<OutcomeRecord> outcomes = outcomes(monitor, run, daysBefore, 1);
    store.write(Table.OUTCOMES, monitor, outcomes);
    store.write(Table.MONITORS, monitor, List.of(monitoring(monitor, AS_OF, results(outcomes))));
  }

  /** Returns the outcomes of the samples' scores, whose sales are a multiple of those expected. */
  public static List<OutcomeRecord> outcomes(
      String monitor, String run, int daysBefore, double factor) {
    LocalDate asOf = AS_OF.minusDays(daysBefore);
    return Samples.scores(run, 60).stream()
        .map(
            score -> {
              double actual = score.rank() % 5 == 0 ? 0 : Math.rint(factor * score.expectedUnits());
              return new OutcomeRecord(
                  monitor,
                  run,
                  asOf,
                  score.market(),
                  score.productId(),
                  score.name(),
                  score.lifecycle(),
                  asOf.plusDays(1),
                  28,
                  score.rank(),
                  score.expectedUnits(),
                  score.medianUnits(),
                  score.lowerUnits(),
                  score.upperUnits(),
                  score.baselineUnits(),
                  actual,
                  score.rank() % 2 == 0 ? null : score.rank() % 3,
                  actual >= score.lowerUnits() && actual <= score.upperUnits(),
                  actual > score.baselineUnits());
            })
        .toList();
  }

  /** Returns the results that the job would commit for outcomes. */
  public static List<MonitorRecord.MarketResult> results(List<OutcomeRecord> outcomes) {
    return outcomes.stream()
        .map(OutcomeRecord::market)
        .distinct()
        .sorted()
        .map(
            market -> {
              List<OutcomeRecord> rows =
                  outcomes.stream().filter(o -> o.market().equals(market)).toList();
              List<OutcomeRecord> first = rows.stream().filter(o -> o.rank() <= 50).toList();
              return new MonitorRecord.MarketResult(
                  rows.get(0).runId(),
                  rows.get(0).asOf(),
                  28,
                  market,
                  rows.size(),
                  rows.stream().filter(OutcomeRecord::hit).count(),
                  rows.stream().filter(OutcomeRecord::inside).count(),
                  first.size(),
                  first.stream().filter(OutcomeRecord::hit).count(),
                  first.stream().mapToDouble(o -> o.expectedUnits() - o.baselineUnits()).sum(),
                  first.stream().mapToDouble(OutcomeRecord::realisedUplift).sum());
            })
        .toList();
  }

  /** Returns a monitoring of a day. */
  public static MonitorRecord monitoring(
      String monitor, LocalDate asOf, List<MonitorRecord.MarketResult> results) {
    return new MonitorRecord(monitor, asOf, Run.endOf(asOf), results);
  }

  private static IngestRecord ingest() {
    return new IngestRecord(
        INGEST,
        List.of(
            new IngestRecord.File("shop_orders", 100, 90, 7, 3),
            new IngestRecord.File("shop_orders", 10, 10, 0, 0)),
        List.of(new IngestRecord.Exclusion("shop_orders", "no_price", 7)),
        List.of(new IngestRecord.Rejection("shop_orders", "bad_date", 3)),
        List.of());
  }

  private static ModelEventRecord model(String event, int hour) {
    return new ModelEventRecord(
        "gbt-4f1c9a27",
        Instant.parse("2011-09-01T0" + hour + ":00:00Z"),
        event,
        "It beats every baseline.",
        "recipe-1",
        AS_OF,
        28,
        null,
        List.of(
            new ModelEventRecord.Parameter("depth", "5"),
            new ModelEventRecord.Parameter("ensemble", "left_out"),
            new ModelEventRecord.Parameter("ensemble_reason", "less units: WAPE 0.490."),
            new ModelEventRecord.Parameter("trends", "kept"),
            new ModelEventRecord.Parameter("trends_reason", "WAPE 0.500 against 0.520."),
            new ModelEventRecord.Parameter("what_if", "refused"),
            new ModelEventRecord.Parameter("what_if_reason", "The prices vary too little.")),
        List.of(
            new ModelEventRecord.Metric("model", "wape", .5, .01),
            new ModelEventRecord.Metric("last_horizon", "wape", null, null)),
        13L,
        2L,
        List.of(
            new ModelEventRecord.JudgedRows("all", 1_240),
            new ModelEventRecord.JudgedRows("established", 1_240)));
  }

  private static List<SaleRow> sales() {
    List<SaleRow> rows = new ArrayList<>();
    for (int week = 0; week < 20; week++) { // the last day of each week
      rows.add(sale(LANTERN, AS_OF.minusDays(7L * week), week + 1, 0));
    }
    rows.add(sale(LANTERN, AS_OF, 5, 1)); // a revision of the last day
    rows.add(sale(LANTERN, AS_OF, 99, 5)); // a revision that became known after as_of
    rows.add(sale("dormant-1", AS_OF.minusDays(90), 3, 0));
    rows.add(sale("gone-1", AS_OF.minusDays(2), 3, 0));
    rows.add(sale("monthly-1", AS_OF.minusDays(90), 3, 0).over(31));
    rows.add(sale("unsold-1", AS_OF.minusDays(30), 3, 0));
    rows.add(sale("unsold-1", AS_OF.minusDays(30), 0, 1)); // a revision without the sale
    return rows;
  }

  private static SaleRow sale(String product, LocalDate day, double units, int hours) {
    Instant evening = day.atTime(20, 0).toInstant(ZoneOffset.UTC);
    return sale(INGEST, product, day, units, evening.plusSeconds(3600L * hours));
  }

  /** Returns a sale in market uk, in which each unit costs 2 and one unit is returned. */
  static SaleRow sale(
      String ingest, String product, LocalDate day, double units, Instant availableAt) {
    return new SaleRow(
        ingest,
        "shop_orders",
        "uk",
        product,
        day,
        1,
        units,
        1,
        BigDecimal.valueOf(2 * units),
        BigDecimal.valueOf(2),
        availableAt);
  }

  private static List<CatalogRecord> catalogue() {
    return List.of(
        entry(LANTERN, "uk", "Lighting", null, null, 2, "copper"),
        entry(LANTERN, "uk", "Lighting", null, null, 300, "brass"),
        entry("20148", "uk", "Lighting", null, null, 300, "brass"),
        entry("gone-1", "all", "Garden", AS_OF.minusDays(300), AS_OF, 300, "red"),
        entry("soon-1", "all", "Garden", AS_OF.plusDays(60), null, 300, "red"));
  }

  private static CatalogRecord entry(
      String product,
      String market,
      String category,
      @Nullable LocalDate launch,
      @Nullable LocalDate discontinued,
      int daysKnown,
      String material) {
    return new CatalogRecord(
        "catalogue",
        market,
        product,
        "=HYPERLINK(\"" + product + "\")",
        category,
        "Brocante",
        new BigDecimal("4.5"),
        "GBP",
        launch,
        false,
        discontinued,
        true,
        List.of("lantern"),
        List.of(new CatalogRecord.Attribute("material", material)),
        false,
        Run.endOf(AS_OF.minusDays(daysKnown)),
        new BigDecimal("2.5"),
        7L,
        10L,
        5L,
        "Maison Lumière",
        0.5,
        "https://shop.example/" + product + ".jpg",
        "https://shop.example/" + product);
  }

  /** Columns of a planned event that are required or read. */
  record EventRow(
      String ingestId,
      String source,
      String market,
      String scope,
      String subject,
      LocalDate startsOn,
      LocalDate endsOn,
      String kind,
      @Nullable Double depth,
      Instant availableAt,
      boolean availableAssumed) {}

  /** Returns events from pulls 10 days and one day before as_of and 5 days after it. */
  private static List<EventRow> calendar() {
    return List.of(
        promotion("product", LANTERN, -7, -3, 10), // over, so that the next pull has it no more
        promotion("product", LANTERN, 10, 15, 10), // cancelled
        promotion("category", "Lighting", 3, 9, 10),
        promotion("category", "Lighting", 3, 9, 1),
        promotion("product", LANTERN, 20, 25, -5), // not known yet
        promotion("product", "20148", 3, 9, 1),
        promotion("product", "Lighting", 4, 5, 1), // a product of this id
        event("uk", "all", "all", 20, 20, "holiday", null, 1, false),
        event("de", "product", LANTERN, 1, 2, "promo", .5, 1, false),
        event("uk", "product", LANTERN, -60, -50, "price", -.1, 70, true));
  }

  private static EventRow promotion(
      String scope, String subject, int first, int last, int daysKnown) {
    return event("all", scope, subject, first, last, "promo", .2, daysKnown, false);
  }

  private static EventRow event(
      String market,
      String scope,
      String subject,
      int first,
      int last,
      String kind,
      @Nullable Double depth,
      int daysKnown,
      boolean isAssumed) {
    return new EventRow(
        INGEST,
        "plan",
        market,
        scope,
        subject,
        AS_OF.plusDays(first),
        AS_OF.plusDays(last),
        kind,
        depth,
        Run.endOf(AS_OF.minusDays(daysKnown)),
        isAssumed);
  }

  private static List<SignalRecord> signals() {
    List<SignalRecord> signals = new ArrayList<>();
    IntStream.range(0, 30)
        .forEach(
            week -> {
              signals.add(signal("lantern", week, week < 4 ? 30 : 20, "pull-2", -1));
              signals.add(signal("lantern", week, 7, "pull-1", -8));
              signals.add(signal("lantern", week, 1000, "pull-3", 5));
              signals.add(signal("kite", week, week < 4 ? 5 : 20, "pull-2", -1));
              if (week != 6) {
                signals.add(signal("gap", week, 20, "pull-2", -1));
              }
            });
    return signals;
  }

  private static SignalRecord signal(
      String keyword, int weeks, double value, String pull, int days) {
    return new SignalRecord(
        "google_trends",
        "interest",
        keyword,
        "GB",
        AS_OF.minusDays(7L * weeks + 6),
        7,
        value,
        pull,
        Run.endOf(AS_OF.plusDays(days)));
  }
}
