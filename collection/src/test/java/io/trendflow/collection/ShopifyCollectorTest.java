package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import io.trendflow.testing.shop.ShopOrders.Line;
import io.trendflow.testing.shop.ShopOrders.Order;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls from an imitated Shopify: what is due, its cost, faults, bulk operations. */
class ShopifyCollectorTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-09-01");

  private final ShopOrders book = new ShopOrders();
  private final ShopClock clock = new ShopClock(Instant.parse("2026-10-01T05:00:00Z"));
  private final FakeShopify shop = new FakeShopify(book, clock);
  private final Path raw;
  private final ShopifyPulls pulls;

  ShopifyCollectorTest(@TempDir Path raw) {
    this.raw = raw;
    this.pulls = new ShopifyPulls(raw, shop, clock);
    Random random = new Random(3);
    FIRST
        .datesUntil(LocalDate.parse("2026-10-01"))
        .forEach(day -> book.live(day, ShopifyPulls.LONDON, 4, random));
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Order order(String time, int quantity) {
    return book.add(
        Instant.parse(time), Instant.parse(time), List.of(book.line("sku-1", quantity, "5.00")));
  }

  private void nextDay() {
    clock.advance(Duration.ofDays(1));
  }

  private static PullDays days(String from, String to) {
    return new PullDays(LocalDate.parse(from), LocalDate.parse(to));
  }

  @Test
  void theNextPullHasTheDaysSinceTheWatermarkAndThoseOfChangedOrders() {
    assertThat(pulls.pull("orders").outcome()).isEqualTo(PullOutcome.LANDED);
    Order old = book.orders().get(20);
    nextDay();
    book.cancel(old, Instant.parse("2026-10-01T12:00:00Z"));
    LocalDate changed = old.createdAt.atZone(ShopifyPulls.LONDON).toLocalDate();
    PullReport second = pulls.pull("orders");
    assertThat(second.days())
        .containsExactly(new PullDays(changed, changed), days("2026-10-01", "2026-10-01"));
    assertThat(second.problem()).isNull();
  }

  @Test
  void anOrderThatWasDeletedIsNoticedByTheCountOfItsDay() {
    pulls.pull("orders");
    Order gone = book.orders().get(30);
    nextDay();
    book.delete(gone);
    LocalDate day = gone.createdAt.atZone(ShopifyPulls.LONDON).toLocalDate();
    assertThat(pulls.pull("orders").days()).contains(new PullDays(day, day));
  }

  @ParameterizedTest
  @EnumSource(
      value = Source.class,
      names = {"ORDERS", "REFUNDS", "PRODUCTS", "STOCK"})
  void aQuietDayCostsAtMostThreeRequests(Source source) {
    pulls.pull(source.name);
    nextDay();
    shop.script(request -> ScriptedFault.NONE);
    PullReport quiet = pulls.pull(source.name);
    assertThat(quiet.problem()).isNull();
    // The stock is a snapshot of all products, of which one has three pages of variants.
    assertThat(shop.requests()).isLessThanOrEqualTo(3);
    assertThat(quiet.requests()).isEqualTo(shop.requests());
  }

  private enum Source {
    ORDERS,
    REFUNDS,
    PRODUCTS,
    STOCK;

    final String name = name().toLowerCase(java.util.Locale.ROOT);
  }

  @Test
  void tenThousandOrdersTakeTheTimeThatTheBucketAllows() {
    ShopOrders large = new ShopOrders();
    for (int i = 0; i < 10_000; i++) {
      Instant at = Instant.parse("2026-09-24T08:00:00Z").plusSeconds(40L * i);
      List<Line> lines = new ArrayList<>();
      for (int line = 0; line < 1 + i % 3; line++) {
        lines.add(large.line("sku-" + line, 1, "9.00"));
      }
      large.add(at, at, lines);
    }
    try (FakeShopify busy = new FakeShopify(large, clock)) {
      busy.bucket(1000, 100);
      Instant begin = clock.instant();
      PullReport report =
          new ShopifyPulls(raw, busy, clock)
              .pull("orders", LocalDate.parse("2026-09-24"), Map.of("bulk_days", 100));
      double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
      double allowed = (busy.spent() - 1000) / 100;
      assertThat(report.records()).isEqualTo(19_999);
      assertThat(busy.throttled()).isZero();
      assertThat(seconds).isLessThanOrEqualTo(1.1 * allowed);
      assertThat(report.secondsWaited()).isEqualTo(seconds);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BUSY_SILENT", "THROTTLED", "BROKEN", "CUT"})
  void aFaultThatPassesChangesNothing(ScriptedFault fault) {
    shop.script(request -> request % 2 == 0 ? fault : ScriptedFault.NONE);
    PullReport report = pulls.pull("orders", null, Map.of("bulk_days", 100));
    assertThat(report.problem()).isNull();
    shop.script(request -> ScriptedFault.NONE);
    ShopifyPulls calm = new ShopifyPulls(raw.resolve("calm"), shop, clock);
    calm.pull("orders", null, Map.of("bulk_days", 100));
    assertThat(report.records()).isPositive();
    assertThat(pulls.landed("orders").keySet().stream().filter(name -> name.endsWith(".gz")))
        .hasSameSizeAs(
            calm.landed("orders").keySet().stream().filter(name -> name.endsWith(".gz")).toList());
    assertThat(PullHistory.of(new LocalLanding(raw), "orders").latest().orElseThrow().records())
        .isEqualTo(
            PullHistory.of(new LocalLanding(raw.resolve("calm")), "orders")
                .latest()
                .orElseThrow()
                .records());
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BROKEN", "CUT", "REJECTED"})
  void aFaultThatStaysIsOneSentenceAndNoPull(ScriptedFault fault) {
    shop.script(request -> request > 2 ? fault : ScriptedFault.NONE);
    PullReport report = pulls.pull("orders", null, Map.of("bulk_days", 100));
    assertThat(report.outcome()).isEqualTo(PullOutcome.FAILED);
    assertThat(report.problem()).startsWith("Shopify ").endsWith(".").doesNotContain("\n");
    assertThat(pulls.landed("orders").keySet()).noneMatch(name -> name.endsWith("_pull.json"));
    shop.script(request -> ScriptedFault.NONE);
    clock.advance(Duration.ofMinutes(5));
    assertThat(pulls.pull("orders").outcome()).isEqualTo(PullOutcome.LANDED);
  }

  @Test
  void aLongRangeIsPulledInBulk() {
    PullReport report = pulls.pull("orders");
    long lines = book.orders().stream().mapToLong(order -> order.lines.size()).sum();
    assertThat(report.records()).isEqualTo(lines);
    assertThat(pulls.landed("orders").keySet()).anyMatch(name -> name.endsWith(".jsonl.gz"));
    nextDay();
    assertThat(pulls.pull("orders").days())
        .as("the days of the bulk file were counted")
        .containsExactly(days("2026-10-01", "2026-10-01"));
  }

  @Test
  void aBulkOperationThatFailsOrIsShortIsNotAPull() {
    shop.bulk("FAILED", 0);
    assertThat(pulls.pull("orders").problem())
        .isEqualTo(
            "Shopify's bulk operation ended with the status FAILED (INTERNAL_SERVER_ERROR): run the command again.");
    shop.bulk("COMPLETED", 2);
    assertThat(pulls.pull("orders").problem())
        .matches("Shopify's bulk operation counted \\d+ objects, but its file has \\d+ lines: .*");
    assertThat(pulls.landed("orders").keySet()).noneMatch(name -> name.endsWith("_pull.json"));
  }

  @Test
  void anOrderWithManyLinesIsDrainedByItsOwnCursor() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      lines.add(book.line("sku-" + i, 1, "2.00"));
    }
    Instant at = Instant.parse("2026-09-29T10:00:00Z");
    book.add(at, at, lines);
    long before = book.orders().stream().mapToLong(order -> order.lines.size()).sum();
    assertThat(pulls.pull("orders", null, Map.of("bulk_days", 100)).records()).isEqualTo(before);
  }

  @Test
  void anOrderThatIsInsertedWhilePagingIsInTheNextPull() {
    shop.before(
        () -> {
          if (shop.requests() == 4) {
            Instant past = Instant.parse("2026-09-05T10:00:00Z");
            book.add(past, clock.instant(), List.of(book.line("late", 1, "3.00")));
          }
        });
    pulls.pull("orders", null, Map.of("bulk_days", 100));
    shop.before(() -> {});
    nextDay();
    PullReport next = pulls.pull("orders");
    assertThat(next.days()).contains(days("2026-09-05", "2026-09-05"));
    assertThat(String.join("", pulls.landed("orders").values())).contains("\"late\"");
  }

  @Test
  void ordersThatTheAppMayNotReadAreSaidAndNotToldAsDaysWithoutSales() {
    List<String> lines = new ArrayList<>();
    Order ancient = order("2026-06-01T10:00:00Z", 1);
    PullReport report =
        CollectorRegistry.collect(
            "orders",
            () ->
                withProgress(pulls.task("orders", LocalDate.parse("2026-05-01"), Map.of()), lines));
    assertThat(report.days()).containsExactly(days("2026-08-03", "2026-09-30"));
    assertThat(lines)
        .contains(
            "orders: Shopify shows this app only the orders since 2026-08-03; add the scope"
                + " read_all_orders to pull earlier days");
    shop.allow("read_all_orders");
    clock.advance(Duration.ofMinutes(5));
    assertThat(pulls.pull("orders", LocalDate.parse("2026-05-01"), Map.of()).days())
        .containsExactly(days("2026-05-01", "2026-09-30"));
    assertThat(String.join("", pulls.landed("orders").values())).contains("#" + ancient.id);
  }

  private static io.trendflow.collection.pull.PullTask withProgress(
      io.trendflow.collection.pull.PullTask task, List<String> lines) {
    return new io.trendflow.collection.pull.PullTask(
        task.source(),
        task.settings(),
        task.zones(),
        task.history(),
        task.secrets(),
        task.clock(),
        task.times(),
        task.since(),
        task.dryRun(),
        lines::add,
        task.codeVersion());
  }

  @Test
  void aRefundOfAnOldOrderIsOnItsOwnDay() {
    pulls.pull("refunds");
    Order old =
        book.orders().stream()
            .filter(order -> order.refunds.isEmpty() && order.cancelledAt == null)
            .findFirst()
            .orElseThrow();
    nextDay();
    book.refund(old, Instant.parse("2026-10-01T15:00:00Z"), old.lines.get(0), 1);
    PullReport second = pulls.pull("refunds");
    assertThat(second.days()).containsExactly(days("2026-10-01", "2026-10-01"));
    assertThat(String.join("", pulls.landed("refunds").values())).contains("#" + old.id);
  }

  @Test
  void aRefundWithManyLinesIsAskedForAlone() {
    List<ShopOrders.RefundLine> returned = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Line line = book.line("sku-" + i, 1, "2.00");
      lines.add(line);
      returned.add(new ShopOrders.RefundLine(line, 1));
    }
    Instant at = Instant.parse("2026-09-29T10:00:00Z");
    Order order = book.add(at, at, lines);
    order.refunds.add(new ShopOrders.Refund(77, at.plusSeconds(60), returned));
    order.updatedAt = at.plusSeconds(60);
    long all =
        book.orders().stream()
            .flatMap(one -> one.refunds.stream())
            .mapToLong(refund -> refund.lines().size())
            .sum();
    assertThat(pulls.pull("refunds").records()).isEqualTo(all);
  }

  @Test
  void anAppGetsItsTokensItself() {
    Map<String, Object> app =
        Map.of("token", "", "client_id", "abc", "client_secret", "${APP_SECRET}");
    assertThat(pulls.pull("orders", null, app).problem()).isNull();
    // The token that Shopify gave has ended in the middle of the next pull.
    shop.script(request -> request == 3 ? ScriptedFault.REJECTED : ScriptedFault.NONE);
    nextDay();
    assertThat(pulls.pull("orders", null, app).problem()).isNull();
  }

  @Test
  void noSecretAndNothingPersonalIsLanded() {
    for (String source : List.of("orders", "refunds", "products", "stock")) {
      pulls.pull(source);
      assertThat(pulls.landed(source)).isNotEmpty();
      assertThat(String.join("", pulls.landed(source).values()))
          .doesNotContain(ShopOrders.PERSONAL)
          .doesNotContain(FakeShopify.TOKEN);
    }
  }

  @Test
  void aLiteralSecretIsRefusedWithoutBeingShown() {
    assertThat(pulls.pull("orders", null, Map.of("token", "shpat_123")).problem())
        .isEqualTo(
            "sources.orders.collect.token has a literal value: set it to ${NAME}, where the"
                + " environment variable NAME has the secret.");
    assertThat(pulls.pull("orders", null, Map.of("token", "${ABSENT}")).problem())
        .contains("the environment variable ABSENT is not set");
  }

  @Test
  void aMissingFieldIsASentence() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer =
              "{\"data\": {\"orders\": {\"nodes\": [{\"id\": \"1\"}], \"aNewField\": 1}}}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(
              pulls.pull("orders", null, Map.of("endpoint", address, "bulk_days", 100)).problem())
          .isEqualTo(
              "Shopify's answer has no field lineItems: the interface has changed, so set"
                  + " collect.version to the version of docs/collection.md.");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void everyVariantOfAProductIsLanded() {
    assertThat(pulls.pull("products").records()).isEqualTo(67);
  }
}
