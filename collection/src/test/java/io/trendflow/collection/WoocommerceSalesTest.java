package io.trendflow.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.testing.shop.FakeWoocommerce;
import io.trendflow.testing.shop.ScriptedFault;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import io.trendflow.testing.shop.ShopOrders.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls from an imitated WooCommerce. */
class WoocommerceSalesTest {
  private final ShopOrders book = new ShopOrders();
  private final ShopClock clock = new ShopClock(Instant.parse("2026-10-01T05:00:00Z"));
  private final FakeWoocommerce shop = new FakeWoocommerce(book, clock, ShopifyPulls.LONDON);
  private final Path raw;

  WoocommerceSalesTest(@TempDir Path raw) {
    this.raw = raw;
    Random random = new Random(5);
    LocalDate.parse("2026-08-20")
        .datesUntil(LocalDate.parse("2026-10-01"))
        .forEach(day -> book.live(day, ShopifyPulls.LONDON, 30, random));
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  static Map<String, Object> settings(FakeWoocommerce shop, String source) {
    return Map.of(
        "api",
        "woocommerce-" + source,
        "shop",
        shop.address(),
        "key",
        "${WOO_KEY}",
        "secret",
        "${WOO_SECRET}");
  }

  private PullReport pull(String source, Map<String, Object> more) {
    Map<String, String> secrets =
        Map.of("WOO_KEY", FakeWoocommerce.KEY, "WOO_SECRET", FakeWoocommerce.SECRET);
    return new SourcePulls(
            source,
            settings(shop, source),
            secrets,
            ShopifyPulls.LONDON,
            raw,
            clock,
            new ArrayList<>())
        .pull(more);
  }

  private PullReport pull(String source) {
    return pull(source, Map.of());
  }

  private long lines() {
    return book.orders().stream().mapToLong(order -> order.lines.size()).sum();
  }

  private static LocalDate day(Order order) {
    return order.createdAt.atZone(ShopifyPulls.LONDON).toLocalDate();
  }

  private static PullDays only(LocalDate day) {
    return new PullDays(day, day);
  }

  @Test
  void everyOrderIsPulledOnceAndThenTheChangedDays() {
    assertThat(pull("orders").records()).isEqualTo(lines());
    Order old = book.orders().get(100);
    clock.advance(Duration.ofDays(1));
    book.cancel(old, Instant.parse("2026-10-01T12:00:00Z"));
    assertThat(pull("orders").days())
        .containsExactly(only(day(old)), only(LocalDate.parse("2026-10-01")));
  }

  @Test
  void aDeletedOrderMakesTheRestatedDaysComeAgain() {
    pull("orders");
    clock.advance(Duration.ofDays(1));
    book.delete(book.orders().get(900));
    assertThat(pull("orders", Map.of("restate", "30d")).days())
        .containsExactly(
            new PullDays(LocalDate.parse("2026-09-02"), LocalDate.parse("2026-10-01")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "refunds", "products"})
  void aQuietDayCostsAtMostThreeRequests(String source) {
    assertThat(pull(source).outcome()).isEqualTo(PullOutcome.LANDED);
    clock.advance(Duration.ofDays(1));
    shop.script(request -> ScriptedFault.NONE);
    assertThat(pull(source).problem()).isNull();
    assertThat(shop.requests()).isLessThanOrEqualTo(3);
  }

  @Test
  void anOrderThatIsDeletedWhilePagingMovesNoOtherOrderOutOfThePull() {
    shop.before(
        () -> {
          if (shop.requests() == 3) {
            // One of the first page, so that the first of the next page moves onto it.
            book.delete(book.orders().get(5));
          }
        });
    shop.script(request -> ScriptedFault.NONE);
    assertThat(pull("orders").records()).isEqualTo(lines());
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BUSY", "BUSY_SILENT", "BROKEN", "CUT"})
  void aFaultThatPassesChangesNothing(ScriptedFault fault) {
    shop.script(request -> request % 2 == 0 ? fault : ScriptedFault.NONE);
    PullReport report = pull("orders");
    assertThat(report.problem()).isNull();
    assertThat(report.records()).isEqualTo(lines());
  }

  @ParameterizedTest
  @EnumSource(
      value = ScriptedFault.class,
      names = {"BROKEN", "CUT", "REJECTED"})
  void aFaultThatStaysIsOneSentenceAndNoPull(ScriptedFault fault) {
    shop.script(request -> request > 3 ? fault : ScriptedFault.NONE);
    PullReport report = pull("orders");
    assertThat(report.problem()).startsWith("WooCommerce ").endsWith(".");
    assertThat(PullHistory.of(new LocalLanding(raw), "orders").pulls()).isEmpty();
  }

  @Test
  void nothingPersonalIsLanded() {
    for (String source : List.of("orders", "refunds", "products")) {
      assertThat(pull(source).records()).isPositive();
    }
    assertThat(landed()).contains("sku-1").doesNotContain(ShopOrders.PERSONAL);
  }

  @Test
  void anOpenConnectionIsRefused() {
    assertThat(pull("orders", Map.of("shop", "http://acme.example")).problem())
        .contains("shop is `http://acme.example`: use its address with https");
  }

  private String landed() {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(raw)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".gz")).toList()) {
        all.append(SourcePulls.text(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }
}
