package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.schemas.PullManifest;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private static final int ORDERS = 1000;

  private final ShopOrders book = new ShopOrders();
  private final Path whole;
  private final Path killed;

  KilledPullTest(@TempDir Path folder) {
    this.whole = folder.resolve("whole");
    this.killed = folder.resolve("killed");
  }

  @Test
  void aKilledPullIsNotReadAndTheNextOneIsWhole() throws Exception {
    for (int i = 0; i < ORDERS; i++) {
      Instant at = NOW.minus(Duration.ofDays(8)).plusSeconds(600L * i);
      book.add(at, at, List.of(book.line("sku-" + i % 9, 1, "5.00")));
    }
    try (FakeShopify shop = new FakeShopify(book, new ShopClock(NOW))) {
      shop.bucket(1e9, 1e9);
      shop.script(request -> ScriptedFault.NONE);
      assertThat(run(whole, shop, 100, "-Xmx256m")).isZero();
      int requests = shop.requests();
      assertThat(requests).isGreaterThanOrEqualTo(40);
      assertThat(records(whole)).containsExactly((long) ORDERS);
      IntStream points =
          EVERYWHERE ? IntStream.rangeClosed(1, requests) : IntStream.of(1, 2, 20, requests);
      for (int point : points.toArray()) {
        CompletableFuture<Process> process = new CompletableFuture<>();
        shop.script(request -> ScriptedFault.NONE);
        shop.before(
            () -> {
              if (shop.requests() == point) {
                process.join().destroyForcibly();
              }
            });
        process.complete(CollectorProcess.start(killed, shop, NOW, 100, "-Xmx256m"));
        assertThat(process.join().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.join().exitValue()).as("killed at request %d", point).isEqualTo(137);
        assertThat(records(killed)).as("killed at request %d", point).isEmpty();
      }
      shop.before(() -> {});
      assertThat(run(killed, shop, 100, "-Xmx256m")).isZero();
      assertThat(records(killed)).containsExactly((long) ORDERS);
    }
  }

  @Test
  void aLongBulkFilePassesInLittleMemory() throws Exception {
    int orders = EVERYWHERE ? 500_000 : 50_000;
    try (FakeShopify shop = new FakeShopify(book, new ShopClock(NOW))) {
      shop.bulkOrders(orders);
      assertThat(run(whole, shop, 7, EVERYWHERE ? "-Xmx256m" : "-Xmx32m")).isZero();
      assertThat(records(whole)).containsExactly((long) orders);
    }
  }

  private static int run(Path raw, FakeShopify shop, int bulkDays, String heap) throws Exception {
    return CollectorProcess.start(raw, shop, NOW, bulkDays, heap).waitFor();
  }

  /** Returns the number of records of each finished pull. */
  private static List<Long> records(Path raw) {
    List<Long> records = new ArrayList<>();
    for (PullManifest pull : PullHistory.of(new LocalLanding(raw), "orders").pulls()) {
      records.add(pull.records());
    }
    return records;
  }
}
