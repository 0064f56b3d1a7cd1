package io.trendflow.serving.store;

import io.trendflow.schemas.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Store whose market de has texts and numbers that occur nowhere else, and a market uk beside it.
 */
public final class SecretShop {
  public static final String SECRET = "secret";

  private static final double UNITS = 918273.5;
  private static final long RUN_ROWS = 654_321;
  private static final long LIFECYCLE_ROWS = 777_123;
  private static final long RECORDS = 888_234;
  private static final LocalDate AS_OF = Samples.AS_OF;
  private static final Instant KNOWN = Run.endOf(AS_OF.minusDays(1));

  private static final Set<String> TEXTS =
      Set.of("id", "name", "category", "brand", "keyword", "geo", "attribute", "filter", "_orders");

  private SecretShop() {}

  /** Returns what nobody but a key of market de may see. */
  public static Set<String> secrets() {
    Stream<String> texts =
        TEXTS.stream().map(text -> text.startsWith("_") ? SECRET + text : secret(text));
    Stream<String> numbers =
        Stream.of(String.valueOf(UNITS), "" + RUN_ROWS, "" + LIFECYCLE_ROWS, "" + RECORDS);
    return Stream.concat(texts, numbers).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String secret(String what) {
    return SECRET + "-" + what;
  }

  public static StoreFolder publish(StoreFolder store) {
    store.write(Table.INGESTS, Shop.INGEST, List.of(ingest()));
    store.write(Table.DAILY_SALES, Shop.INGEST, sales());
    store.write(Table.CATALOG, Shop.INGEST, catalogue());
    store.write(Table.SIGNALS, Shop.INGEST, signals());
    store.write(
        Table.PRODUCT_KEYWORDS,
        "r1",
        List.of(
            new ProductKeyword("uk", Shop.LANTERN, "google_trends", "lantern", "GB", .8, "name"),
            new ProductKeyword("de", secret("id"), "google_trends", "lantern", "GB", .8, "name"),
            new ProductKeyword(
                "de",
                secret("id"),
                "google_trends",
                secret("keyword"),
                secret("geo"),
                .8,
                "name")));
    Run earlier = Copies.with(run("r0", RUN_ROWS), "asOf", AS_OF.minusDays(7));
    store.publish(earlier, scores("r0").stream().map(SecretShop::earlier).toList());
    store.publish(run("r1", 120), scores("r1"));
    return store;
  }

  private static ScoreRecord earlier(ScoreRecord score) {
    return Copies.with(score, "asOf", AS_OF.minusDays(7));
  }

  private static Run run(String id, long rows) {
    Run run = Copies.with(Samples.run(id, 0), "scoredRows", rows);
    List<Run.Source> sources = new ArrayList<>(run.sources());
    sources.add(0, new Run.Source(SECRET + "_orders", "sales", AS_OF.minusDays(2), 2L));
    return Copies.with(
        Copies.with(run, "sources", sources),
        "lifecycles",
        List.of(new Run.LifecycleRows("established", LIFECYCLE_ROWS)));
  }

  private static List<ScoreRecord> scores(String run) {
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores(run, 60));
    int de = 60;
    ScoreRecord score = scores.get(de);
    score = Copies.with(score, "productId", secret("id"));
    score = Copies.with(score, "name", secret("name"));
    score = Copies.with(score, "category", secret("category"));
    score = Copies.with(score, "brand", secret("brand"));
    scores.set(de, Copies.with(score, "expectedUnits", UNITS));
    return scores;
  }

  private static IngestRecord ingest() {
    return new IngestRecord(
        Shop.INGEST,
        List.of(new IngestRecord.File(SECRET + "_orders", RECORDS, RECORDS, 0, 0)),
        List.of(new IngestRecord.Exclusion(SECRET + "_orders", secret("filter"), RECORDS)),
        List.of(),
        List.of());
  }

  private static List<Shop.SaleRow> sales() {
    List<Shop.SaleRow> sales = new ArrayList<>();
    Instant known = KNOWN;
    sales.add(Shop.sale(Shop.INGEST, Shop.LANTERN, AS_OF.minusDays(3), 5, known));
    sales.add(
        Copies.with(
            Shop.sale(Shop.INGEST, secret("id"), AS_OF.minusDays(3), UNITS, known),
            "market",
            "de"));
    return sales;
  }

  private static List<CatalogRecord> catalogue() {
    return List.of(
        entry("uk", Shop.LANTERN, "Lighting"), entry("de", secret("id"), secret("category")));
  }

  private static CatalogRecord entry(String market, String product, String category) {
    boolean secret = market.equals("de");
    return new CatalogRecord(
        "catalogue",
        market,
        product,
        secret ? secret("name") : "Lantern",
        category,
        secret ? secret("brand") : "Brocante",
        new BigDecimal("4.5"),
        "GBP",
        null,
        false,
        null,
        true,
        List.of("lantern"),
        List.of(new CatalogRecord.Attribute("material", secret ? secret("attribute") : "brass")),
        false,
        KNOWN,
        new BigDecimal("2.5"),
        7L,
        10L,
        5L,
        secret ? secret("supplier") : "Maison Lumière",
        0.5,
        secret ? secret("image") : "https://shop.example/lantern.jpg",
        secret ? secret("url") : "https://shop.example/lantern");
  }

  private static List<SignalRecord> signals() {
    return IntStream.range(0, 30)
        .boxed()
        .flatMap(
            week ->
                Stream.of(
                    signal("lantern", "GB", week, week < 4 ? 30 : 20),
                    signal(secret("keyword"), secret("geo"), week, week < 4 ? 40 : 20)))
        .toList();
  }

  private static SignalRecord signal(String keyword, String geo, int week, double value) {
    return new SignalRecord(
        "google_trends",
        "interest",
        keyword,
        geo,
        AS_OF.minusDays(7L * week + 6),
        7,
        value,
        "pull-1",
        KNOWN);
  }
}
