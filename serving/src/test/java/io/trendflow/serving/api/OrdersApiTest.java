package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Table;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.snapshot.StockRecord;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersApiTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new TestServer(Shop.publish(new StoreFolder(folder)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void eachProductWithACostHasAnOrderOfWholePacks() throws Exception {
    JsonNode plan = TestServer.json(server.get("/api/v1/orders?market=uk"));
    assertThat(plan.get("currency").asText()).isEqualTo("GBP");
    assertThat(plan.get("budget").isNull()).isTrue();
    List<JsonNode> orders = list(plan.get("orders"));
    assertThat(orders).isNotEmpty();
    assertThat(orders)
        .allSatisfy(
            order -> {
              assertThat(order.get("order_units").asLong() % 5).isZero();
              assertThat(order.get("order_units").asLong()).isGreaterThanOrEqualTo(10);
              assertThat(order.get("supplier").asText()).isEqualTo("Maison Lumière");
            });
    assertThat(plan.get("order_cost").asDouble())
        .isCloseTo(sum(orders, "order_cost"), within(1e-6));
    assertThat(plan.get("expected_profit").asDouble())
        .isCloseTo(sum(orders, "expected_profit"), within(1e-6));
    assertThat(list(plan.get("incomplete")))
        .isNotEmpty()
        .allSatisfy(
            product -> {
              assertThat(product.get("missing").toString()).isEqualTo("[\"unit_cost\"]");
              assertThat(product.get("units_safe90").asLong())
                  .isGreaterThanOrEqualTo(product.get("units_safe80").asLong());
            });
  }

  @Test
  void aBudgetIsKept() throws Exception {
    JsonNode all = TestServer.json(server.get("/api/v1/orders?market=uk"));
    double half = all.get("order_cost").asDouble() / 2;
    JsonNode plan = TestServer.json(server.get("/api/v1/orders?market=uk&budget=" + half));
    assertThat(plan.get("order_cost").asDouble()).isBetween(0.0, half);
    assertThat(plan.get("expected_profit").asDouble())
        .isLessThan(all.get("expected_profit").asDouble());
    assertThat(plan.get("gap").asDouble()).isBetween(0.0, 1.0);
    assertThat(TestServer.json(server.get("/api/v1/orders?market=uk&budget=0")).get("orders"))
        .isEmpty();
  }

  @Test
  void wrongParametersAreRefusedWithASentence() {
    assertThat(server.get("/api/v1/orders?market=uk&budget=-5").body())
        .contains("Parameter 'budget' can't be '-5': use a number from 0 to 999999999");
    assertThat(server.get("/api/v1/orders?market=uk&supplier=Nobody").body())
        .contains("No product is of supplier 'Nobody'");
    assertThat(server.get("/api/v1/orders?market=xx").statusCode()).isEqualTo(400);
  }

  @Test
  void stockReducesTheOrderAndCurrenciesDoNotMix(@TempDir Path folder) throws Exception {
    StoreFolder store = new StoreFolder(folder);
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", 4));
    scores.replaceAll(
        score -> {
          ScoreRecord priced = Copies.with(score, "price", new BigDecimal("10"));
          return Copies.with(priced, "currency", score.market().equals("uk") ? "GBP" : "EUR");
        });
    ScoreRecord first = scores.stream().filter(s -> s.market().equals("uk")).findFirst().get();
    store.write(
        Table.CATALOG,
        Samples.run("r1", 4).ingestIds().get(0),
        scores.stream().map(OrdersApiTest::entry).distinct().toList());
    store.write(
        Table.STOCK_LEVELS,
        Samples.run("r1", 4).ingestIds().get(0),
        List.of(
            stock(first, "a", first.asOf().minusDays(2), 7),
            stock(first, "a", first.asOf().minusDays(1), 4),
            stock(first, "b", first.asOf().minusDays(1), 1)));
    store.publish(Samples.run("r1", 8), scores);
    try (TestServer mixed = new TestServer(store)) {
      assertThat(mixed.get("/api/v1/orders").body())
          .contains("several currencies, EUR in de and GBP in uk: name one of these markets");
      JsonNode order =
          list(TestServer.json(mixed.get("/api/v1/orders?market=uk")).get("orders")).stream()
              .filter(one -> one.get("product_id").asText().equals(first.productId()))
              .findFirst()
              .orElseThrow();
      assertThat(order.get("on_hand").asDouble()).isEqualTo(5);
      assertThat(order.get("on_order").asDouble()).isEqualTo(2);
    }
  }

  @Test
  void anOrderOfALongLeadTimeHasTheUnitsOfItsOwnHorizon(@TempDir Path folder) throws Exception {
    StoreFolder store = new StoreFolder(folder);
    List<ScoreRecord> scores = Samples.scores("r1", 1);
    ScoreRecord score = scores.stream().filter(s -> s.market().equals("uk")).findFirst().get();
    CatalogRecord entry = Copies.with(entry(score), "leadTimeDays", 49L);
    store.write(
        Table.CATALOG,
        Samples.run("r1", 2).ingestIds().get(0),
        List.of(Copies.with(entry, "unitCost", null)));
    store.publish(Samples.run("r1", 2), scores);
    try (TestServer shop = new TestServer(store)) {
      JsonNode product =
          TestServer.json(shop.get("/api/v1/orders?market=uk")).get("incomplete").get(0);
      ScoreRecord.FurtherHorizon days56 = score.furtherHorizons().get(0);
      assertThat(product.get("units_safe90").asLong())
          .as("lead time and review are 56 days")
          .isEqualTo((long) Math.ceil(days56.unitsQ90()));
    }
  }

  private static StockRecord stock(ScoreRecord score, String source, LocalDate day, double units) {
    return new StockRecord(
        source,
        score.market(),
        score.productId(),
        day,
        units,
        1.0,
        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static CatalogRecord entry(ScoreRecord score) {
    return new CatalogRecord(
        "catalogue",
        score.market(),
        score.productId(),
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        List.of(),
        List.of(),
        false,
        Instant.EPOCH,
        new BigDecimal("2"),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static double sum(List<JsonNode> orders, String field) {
    return orders.stream().mapToDouble(order -> order.get(field).asDouble()).sum();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
