package io.trendflow.serving.store;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.history.DayRange;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.ProductState;
import io.trendflow.schemas.Table;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.decision.Decision;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the contract of {@link Warehouse} over files and over BigQuery. */
@Timeout(120) // a failing emulator makes a read hang
class WarehouseIT {
  private static final int MANY = 200_000;
  private static final BigDecimal PENCE = new BigDecimal("12345678901234567890.123456789");

  private static Emulators emulators;
  private static BigQueryStore bigQuery;
  private static StoreFolder files;
  private static BigQueryWarehouse overBigQuery;
  private static Warehouse overFiles;

  /** 84 days up to the last one: of {@code monthly-1} they hold the end of a period only. */
  private static final DayRange RECENT = ProductState.recentDays(EpochTimes.day(Shop.AS_OF));

  enum Kind {
    FILES,
    BIGQUERY;

    Warehouse warehouse() {
      return this == FILES ? overFiles : overBigQuery;
    }

    SampleStore store() {
      return this == FILES ? files : bigQuery;
    }
  }

  @BeforeAll
  static void publish(@TempDir Path folder) throws IOException {
    emulators = new Emulators();
    bigQuery = Shop.publish(new BigQueryStore(emulators.store("shop_")));
    files = Shop.publish(new StoreFolder(folder));
    for (SampleStore store : List.of(bigQuery, files)) {
      store.scores("uncommitted", Samples.scores("uncommitted", 3));
      store.scores("odd", odd());
      store.commit(hidden("odd", odd().size()));
      store.commit(hidden("empty", 0));
      store.scores("empty", List.of());
      store.write(
          Table.DAILY_SALES,
          "superseded",
          List.of(Shop.sale("superseded", Shop.LANTERN, Shop.AS_OF, 1e6, Run.endOf(Shop.AS_OF))));
      store.write(Table.INGESTS, "superseded", List.of(ingest("superseded")));
    }
    overBigQuery = new BigQueryWarehouse(bigQuery.config(), "");
    overFiles = new DuckDbWarehouse(folder.toString());
  }

  @AfterAll
  static void stop() {
    overBigQuery.close();
    bigQuery.close();
    emulators.close();
  }

  /** Returns a run that no service serves. */
  private static Run hidden(String runId, int rows) {
    return Copies.with(Samples.run(runId, rows), "hindsight", true);
  }

  private static IngestRecord ingest(String id) {
    return new IngestRecord(id, List.of(), List.of(), List.of(), List.of());
  }

  /**
   * Returns scores with values that are easily lost: nulls, quotes, other scripts, empty lists,
   * decimals.
   */
  private static List<ScoreRecord> odd() {
    ScoreRecord score = Samples.scores("odd", 1).get(0);
    ScoreRecord bare = Copies.with(Copies.with(score, "productId", "bare"), "brand", null);
    for (String component : List.of("growth", "price", "launchDate", "currency")) {
      bare = Copies.with(bare, component, null);
    }
    bare = Copies.with(bare, "reasons", List.of());
    bare = Copies.with(bare, "families", List.of());
    bare = Copies.with(bare, "recentWeeklyUnits", List.of());
    bare = Copies.with(bare, "weeklyUnits", List.of());
    bare = Copies.with(bare, "furtherHorizons", List.of());
    ScoreRecord worded =
        Copies.with(score, "productId", "L'\u00e9t\u00e9 \\ \"\u03a9\" \u590f \ud83d\ude00\n");
    worded = Copies.with(worded, "name", worded.productId());
    ScoreRecord dear = Copies.with(Copies.with(score, "productId", "dear"), "price", PENCE);
    ScoreRecord cheap =
        Copies.with(Copies.with(score, "productId", "e"), "price", new BigDecimal("0.000000001"));
    return List.of(worded, bare, dear, cheap);
  }

  @ParameterizedTest
  @EnumSource
  void commitsAreWhatWasPublished(Kind kind) throws UnreadableException {
    assertThat(kind.warehouse().commits().problems()).isEmpty();
    assertThat(kind.warehouse().commits().runs())
        .extracting(Run::runId)
        .contains("r0", "r-hindsight", "r1", "odd", "empty")
        .doesNotContain("uncommitted");
    assertThat(kind.warehouse().commits().runs()).contains(Samples.run("r1", 120));
  }

  @ParameterizedTest
  @EnumSource
  void aBatchComesWholeAndInOrder(Kind kind) throws UnreadableException {
    assertThat(scores(kind, "r1"))
        .containsExactlyElementsOf(
            Samples.scores("r1", 60).stream()
                .sorted(
                    Comparator.comparing(ScoreRecord::productId).thenComparing(ScoreRecord::market))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsAddedOnceHoweverOftenItIsAsked(Kind kind) throws Exception {
    bigQuery.createForInserts(Table.DECISIONS);
    Instant now = Instant.now().truncatedTo(MICROS);
    Decision bare =
        new Decision(
            "d1", now, Shop.AS_OF, "-", "r1", "uk", "20000", "skip", null, null, null, null, null);
    Decision full = Copies.with(Copies.with(bare, "decisionId", "d2"), "undoes", "d1");
    full = Copies.with(Copies.with(full, "units", 12.5), "overrideUnits", 1e6);
    full =
        Copies.with(
            Copies.with(full, "reasonCode", "fair"), "note", "L'\u00e9t\u00e9 \"\u590f\"\n");
    for (Decision decision : List.of(bare, full, bare, full)) {
      kind.warehouse().add(Table.DECISIONS, decision.decisionId(), decision);
    }
    List<Decision> found = new ArrayList<>();
    kind.warehouse().read(RowSelection.all(Table.DECISIONS), Decision.class, found::add);
    assertThat(found).containsExactlyInAnyOrder(bare, full);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOfAnOddRow(Kind kind) throws UnreadableException {
    assertThat(scores(kind, "odd")).containsExactlyInAnyOrderElementsOf(odd());
  }

  @ParameterizedTest
  @EnumSource
  void aBatchThatIsEmptyOrNotThereHasNoRows(Kind kind) throws UnreadableException {
    assertThat(scores(kind, "empty")).isEmpty();
    assertThat(scores(kind, "it's not")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAppendedIsSeenAtOnceAndAForcedRerunApart(Kind kind) throws UnreadableException {
    assertThat(scores(kind, "late")).isEmpty();
    for (String run : List.of("late", "late.2")) {
      kind.store().publish(hidden(run, 6), Samples.scores(run, 3));
      assertThat(kind.warehouse().commits().runs()).contains(hidden(run, 6));
      assertThat(scores(kind, run)).hasSize(6).extracting(ScoreRecord::runId).containsOnly(run);
    }
    assertThat(scores(kind, "late")).hasSize(6).extracting(ScoreRecord::runId).containsOnly("late");
  }

  @ParameterizedTest
  @EnumSource
  void whatBecameKnownAtMidnightCountsForTheDayBefore(Kind kind) throws UnreadableException {
    Instant midnight = Run.endOf(Shop.AS_OF);
    List<Instant> times =
        List.of(midnight.minus(1, MICROS), midnight, midnight.plus(1, MICROS), Instant.EPOCH);
    List<Shop.SaleRow> sales =
        times.stream()
            .map(time -> Shop.sale("borders", "known " + time, Shop.AS_OF, 1, time))
            .toList();
    kind.store().write(Table.DAILY_SALES, "borders", sales);
    kind.store().write(Table.INGESTS, "borders", List.of(ingest("borders")));

    List<Instant> read = new ArrayList<>();
    RowSelection all = RowSelection.batches(Table.DAILY_SALES, List.of("borders"));
    kind.warehouse().read(all, SalesRecord.class, sale -> read.add(sale.availableAt()));
    assertThat(read).containsExactlyInAnyOrderElementsOf(times);
    List<String> known = new ArrayList<>();
    kind.warehouse()
        .soldDays(List.of("borders"), midnight, RECENT, sold -> known.add(sold.productId()));
    assertThat(known)
        .containsExactly(
            "known " + Instant.EPOCH, "known " + midnight.minus(1, MICROS), "known " + midnight);
  }

  private static List<ScoreRecord> scores(Kind kind, String run) throws UnreadableException {
    RowSelection batch = RowSelection.batches(Table.SCORES, List.of(run));
    return read(kind, batch.orderedBy("product_id", "market"), ScoreRecord.class);
  }

  private static <R extends Record> List<R> read(Kind kind, RowSelection selection, Class<R> type)
      throws UnreadableException {
    List<R> rows = new ArrayList<>();
    kind.warehouse().read(selection, type, rows::add);
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void aProductsRowsAreFound(Kind kind) throws UnreadableException {
    RowSelection own =
        RowSelection.batches(Table.DAILY_SALES, List.of(Shop.INGEST))
            .where("product_id", List.of(Shop.LANTERN))
            .where("market", List.of("uk", "' OR 1 = 1 --"));
    assertThat(read(kind, own, SalesRecord.class))
        .hasSize(22)
        .extracting(SalesRecord::grossUnits)
        .contains(99.0, 20.0);
  }

  @ParameterizedTest
  @EnumSource
  void daysBeforeAreLeftOut(Kind kind) throws UnreadableException {
    RowSelection late =
        RowSelection.batches(Table.SIGNALS, List.of(Shop.INGEST))
            .where("keyword", List.of("kite"))
            .since("observed_on", Shop.AS_OF.minusDays(20))
            .orderedBy("observed_on");
    assertThat(read(kind, late, SignalRecord.class))
        .extracting(SignalRecord::observedOn)
        .containsExactly(
            Shop.AS_OF.minusDays(20), Shop.AS_OF.minusDays(13), Shop.AS_OF.minusDays(6));
  }

  @ParameterizedTest
  @EnumSource
  void soldDaysAreThoseKnown(Kind kind) throws UnreadableException {
    List<SoldDays> sold = new ArrayList<>();
    Instant known = Run.endOf(Shop.AS_OF.minusDays(1));
    kind.warehouse().soldDays(List.of(Shop.INGEST), known, RECENT, sold::add);
    assertThat(sold)
        .containsExactly(
            new SoldDays("uk", Shop.LANTERN, Shop.AS_OF.minusDays(133), 77),
            new SoldDays("uk", "dormant-1", Shop.AS_OF.minusDays(90), 0),
            new SoldDays("uk", "gone-1", Shop.AS_OF.minusDays(2), 3),
            new SoldDays("uk", "monthly-1", Shop.AS_OF.minusDays(90), 0));
  }

  @ParameterizedTest
  @EnumSource
  void weeklySalesAreThoseKnownOfTheProducts(Kind kind) throws UnreadableException {
    List<WeeklySales> weeks = new ArrayList<>();
    WeeklySales.Selection two =
        new WeeklySales.Selection(
            List.of(Shop.INGEST),
            Run.endOf(Shop.AS_OF),
            "uk",
            List.of(Shop.LANTERN, "monthly-1", "' OR 1 = 1 --"),
            Shop.AS_OF,
            10);
    kind.warehouse().weeklySales(two, weeks::add);
    assertThat(weeks)
        .extracting(WeeklySales::weeksAgo)
        .isEqualTo(LongStream.range(0, 10).boxed().toList());
    assertThat(weeks)
        .extracting(WeeklySales::units)
        .as("the known revision of the last day, less a returned unit; a period counts by its end")
        .containsExactly(4.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0 + 2, 9.0);
    assertThat(weeks.get(8).revenue()).isEqualByComparingTo("20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/recommendations?limit=100",
        "/api/v1/recommendations?market=uk&sort=growth&limit=7",
        "/api/v1/products/20000",
        "/api/v1/products/20000?market=uk",
        "/api/v1/products/20000/history?market=uk",
        "/api/v1/products/20148/similar?market=uk",
        "/api/v1/products/dormant-1?market=uk",
        "/api/v1/trends",
        "/api/v1/categories",
        "/api/v1/sales?category=Lighting",
        "/api/v1/runs",
        "/api/v1/quality"
      })
  void theServiceAnswersTheSame(String path) {
    assertThat(Answers.BIGQUERY.get(path)).isEqualTo(Answers.FILES.get(path));
  }

  /** Services over the same rows, started once. */
  private enum Answers {
    FILES(
        Map.of("trendflow.max-age.run", 100_000, "trendflow.store.path", files.path().toString())),
    BIGQUERY(bigQuery.settings());

    private final TestServer server;

    Answers(Map<String, Object> settings) {
      server = new TestServer(settings);
    }

    JsonNode get(String path) {
      var answer = server.get(path);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return TestServer.json(answer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyRowsComeOnceEachAndInOrder(Kind kind) throws UnreadableException {
    kind.store().rejects("many", MANY);
    kind.store().write(Table.INGESTS, "many", List.of(ingest("many")));
    List<Long> read = new ArrayList<>();
    RowSelection all = RowSelection.batches(Table.REJECTS, List.of("many")).orderedBy("record");
    kind.warehouse().read(all, Reject.class, row -> read.add(row.record()));
    List<Long> written = LongStream.rangeClosed(1, MANY).boxed().toList();
    assertThat(read.equals(written)).as("%d rows, each once, in order", read.size()).isTrue();
  }

  record Reject(long record) {}
}
