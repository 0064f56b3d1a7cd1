package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.collection.CollectorProcess.Source;
import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.schemas.PullManifest;
import io.trendflow.testing.shop.FakeBigquery;
import io.trendflow.testing.shop.FakeMerchant;
import io.trendflow.testing.shop.FakeSerpapi;
import io.trendflow.testing.shop.FakeServer;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.FakeWoocommerce;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pulls that are killed, and pulls in little memory, each in a process of its own. With {@code
 * TRENDFLOW_KILL_AT_EVERY_STAGE=true} a pull is killed at each of its requests, and a bulk file has
 * 1,000,000 lines.
 */
class KilledPullTest {
  private static final boolean EVERYWHERE =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_KILL_AT_EVERY_STAGE"));
  private static final Instant NOW = Instant.parse("2026-10-01T05:00:00Z");
  private static final String HEAP = "-Xmx256m";
  private static final int ORDERS = 1000;

  private final ShopOrders book = new ShopOrders();
  private final ShopClock clock = new ShopClock(NOW);
  private final Path whole;
  private final Path killed;

  KilledPullTest(@TempDir Path folder) {
    this.whole = folder.resolve("whole");
    this.killed = folder.resolve("killed");
  }

  @Test
  void aKilledPullOfShopifyIsNotReadAndTheNextOneIsWhole() throws Exception {
    addOrders();
    try (FakeShopify shop = new FakeShopify(book, clock)) {
      shop.bucket(1e9, 1e9);
      assertThat(killedAndPulledAgain(shop, shopify(shop, 100), 2, 20)).isGreaterThanOrEqualTo(40);
      assertThat(records(killed, "orders")).containsExactly((long) ORDERS);
    }
  }

  @Test
  void aKilledPullOfWoocommerceIsNotReadAndTheNextOneIsWhole() throws Exception {
    addOrders();
    try (FakeWoocommerce shop = new FakeWoocommerce(book, clock, ShopifyPulls.LONDON)) {
      Source source =
          new Source(
              "orders",
              WoocommerceSalesTest.settings(shop, "orders"),
              Map.of("WOO_KEY", FakeWoocommerce.KEY, "WOO_SECRET", FakeWoocommerce.SECRET));
      assertThat(killedAndPulledAgain(shop, source)).isGreaterThanOrEqualTo(10);
      assertThat(records(killed, "orders")).containsExactly((long) ORDERS);
    }
  }

  @Test
  void aKilledPullOfSearchTrendsIsNotReadAndTheNextOneIsWhole() throws Exception {
    List<String> keywords = IntStream.range(0, 25).mapToObj(i -> "keyword " + i).toList();
    try (FakeSerpapi serpapi = new FakeSerpapi(clock)) {
      Source source =
          new Source(
              "trends",
              SerpapiTrendsTest.settings(serpapi, keywords),
              Map.of("SERPAPI_KEY", FakeSerpapi.KEY));
      assertThat(killedAndPulledAgain(serpapi, source)).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void aKilledPullOfBestSellersIsNotReadAndTheNextOneIsWhole() throws Exception {
    try (FakeMerchant merchant = new FakeMerchant(clock)) {
      merchant.mostOnAPage(5);
      Source source =
          new Source(
              "best",
              MerchantBestSellersTest.settings(merchant),
              Map.of("MERCHANT_TOKEN", FakeMerchant.TOKEN));
      assertThat(killedAndPulledAgain(merchant, source)).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void aKilledPullOfBigqueryIsNotReadAndTheNextOneIsWhole() throws Exception {
    try (FakeBigquery bigquery = new FakeBigquery()) {
      LocalDate yesterday = LocalDate.parse("2026-09-30");
      BigqueryRowsTest.addDays(bigquery, yesterday.minusDays(20), yesterday);
      Source source =
          new Source(
              "visits",
              BigqueryRowsTest.settings(bigquery),
              Map.of("BIGQUERY_TOKEN", FakeBigquery.TOKEN));
      assertThat(killedAndPulledAgain(bigquery, source)).isGreaterThanOrEqualTo(10);
      assertThat(records(killed, "visits")).containsExactly(63L);
    }
  }

  @Test
  void aLongBulkFilePassesInLittleMemory() throws Exception {
    int orders = EVERYWHERE ? 500_000 : 50_000;
    try (FakeShopify shop = new FakeShopify(book, clock)) {
      shop.bulkOrders(orders);
      assertThat(run(whole, shopify(shop, 7), EVERYWHERE ? HEAP : "-Xmx32m")).isZero();
      assertThat(records(whole, "orders")).containsExactly((long) orders);
    }
  }

  /**
   * Kills a pull at its first and its last request, and at others, and then pulls again.
   *
   * @param points further requests to kill at
   * @return the number of requests of a pull
   */
  private int killedAndPulledAgain(FakeServer server, Source source, int... points)
      throws Exception {
    server.script(request -> ScriptedFault.NONE);
    assertThat(run(whole, source, HEAP)).isZero();
    int requests = server.requests();
    IntStream sample = IntStream.concat(IntStream.of(1, requests), IntStream.of(points));
    for (int point : (EVERYWHERE ? IntStream.rangeClosed(1, requests) : sample).toArray()) {
      Process process =
          server.killedAt(point, () -> CollectorProcess.start(killed, source, NOW, HEAP));
      assertThat(process.exitValue()).as("killed at request %d", point).isEqualTo(137);
      assertThat(records(killed, source.name())).as("killed at request %d", point).isEmpty();
    }
    assertThat(run(killed, source, HEAP)).isZero();
    assertThat(records(whole, source.name())).hasSize(1);
    assertThat(records(killed, source.name())).isEqualTo(records(whole, source.name()));
    return requests;
  }

  private void addOrders() {
    for (int i = 0; i < ORDERS; i++) {
      Instant at = NOW.minus(Duration.ofDays(8)).plusSeconds(600L * i);
      book.add(at, at, List.of(book.line("sku-" + i % 9, 1, "5.00")));
    }
  }

  private static Source shopify(FakeShopify shop, int bulkDays) {
    return new Source(
        "orders",
        Map.of(
            "api",
            "shopify-orders",
            "shop",
            "acme.myshopify.com",
            "token",
            "${SHOPIFY_TOKEN}",
            "endpoint",
            shop.address(),
            "bulk_days",
            bulkDays),
        Map.of("SHOPIFY_TOKEN", FakeShopify.TOKEN));
  }

  private static int run(Path raw, Source source, String heap) throws Exception {
    return CollectorProcess.start(raw, source, NOW, heap).waitFor();
  }

  /** Returns the number of records of each finished pull. */
  private static List<Long> records(Path raw, String source) {
    List<Long> records = new ArrayList<>();
    for (PullManifest pull : PullHistory.of(new LocalLanding(raw), source).pulls()) {
      records.add(pull.records());
    }
    return records;
  }
}
