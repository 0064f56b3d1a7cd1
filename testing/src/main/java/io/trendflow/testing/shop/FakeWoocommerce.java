package io.trendflow.testing.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Imitation of WooCommerce's REST interface over an order book. */
public final class FakeWoocommerce extends FakeServer {
  public static final String KEY = "ck_of_the_test";
  public static final String SECRET = "cs_of_the_test";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_ON_A_PAGE = 100;

  private final ShopOrders book;
  private final Clock clock;
  private final ZoneId zone;

  /**
   * Creates an imitation.
   *
   * @param zone time zone of the site, in which it shows its local times
   */
  public FakeWoocommerce(ShopOrders book, Clock clock, ZoneId zone) {
    this.book = book;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  void answer(HttpExchange exchange, ScriptedFault fault) throws IOException {
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((KEY + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, new byte[0], fault);
      return;
    }
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String path = exchange.getRequestURI().getPath();
    List<ObjectNode> all =
        switch (path.substring(path.lastIndexOf('/') + 1)) {
          case "orders" -> orders();
          case "refunds" -> refunds();
          case "products" -> products();
          default -> throw new IllegalArgumentException(path);
        };
    all.removeIf(element -> !matches(element, query));
    all.sort((a, b) -> Long.compare(a.get("id").asLong(), b.get("id").asLong()));
    int size = Integer.parseInt(query.getOrDefault("per_page", "10"));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    if (size > MOST_ON_A_PAGE) {
      send(exchange, 400, new byte[0], fault);
      return;
    }
    ArrayNode shown = JSON.createArrayNode();
    all.stream()
        .skip((long) size * (page - 1))
        .limit(size)
        .forEach(element -> shown.add(selected(element, query.get("_fields"))));
    exchange.getResponseHeaders().add("X-WP-Total", Integer.toString(all.size()));
    exchange
        .getResponseHeaders()
        .add("X-WP-TotalPages", Integer.toString((all.size() + size - 1) / size));
    send(exchange, 200, JSON.writeValueAsBytes(shown), fault);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static boolean matches(ObjectNode element, Map<String, String> query) {
    Instant created = Instant.parse(element.get("date_created_gmt").asText() + "Z");
    Instant modified = Instant.parse(element.get("date_modified_gmt").asText() + "Z");
    return (!query.containsKey("after") || created.isAfter(bound(query, "after")))
        && (!query.containsKey("before") || created.isBefore(bound(query, "before")))
        && (!query.containsKey("modified_after")
            || modified.isAfter(bound(query, "modified_after")));
  }

  private static Instant bound(Map<String, String> query, String name) {
    return Instant.parse(query.get(name) + "Z");
  }

  /** Returns only the fields that were asked for; all fields without a selection. */
  private static JsonNode selected(ObjectNode element, @Nullable String fields) {
    if (fields == null) {
      return element;
    }
    Map<String, Set<String>> wanted = new HashMap<>();
    for (String field : fields.split(",", -1)) {
      String[] parts = field.split("[.]", 2);
      Set<String> inner = wanted.computeIfAbsent(parts[0], name -> new HashSet<>());
      if (parts.length > 1) {
        inner.add(parts[1]);
      }
    }
    ObjectNode shown = JSON.createObjectNode();
    element
        .properties()
        .forEach(
            field -> {
              Set<String> inner = wanted.get(field.getKey());
              if (inner != null && (inner.isEmpty() || !field.getValue().isArray())) {
                shown.set(field.getKey(), field.getValue());
              } else if (inner != null) {
                ArrayNode array = shown.putArray(field.getKey());
                field
                    .getValue()
                    .forEach(one -> array.add(((ObjectNode) one.deepCopy()).retain(inner)));
              }
            });
    return shown;
  }

  private ObjectNode element(long id, Instant created, Instant modified) {
    ObjectNode element = JSON.createObjectNode().put("id", id);
    element.put("date_created", local(created));
    element.put("date_created_gmt", gmt(created));
    element.put("date_modified_gmt", gmt(modified));
    return element;
  }

  private String local(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toLocalDateTime().toString();
  }

  private static String gmt(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
  }

  private List<ObjectNode> orders() {
    List<ObjectNode> all = new ArrayList<>();
    for (ShopOrders.Order order : book.orders()) {
      if (order.createdAt.isAfter(clock.instant())) {
        continue;
      }
      ObjectNode element = element(order.id, order.createdAt, order.updatedAt);
      element.put("number", Long.toString(order.id)).put("currency", "GBP");
      element.put("status", order.cancelledAt == null ? "completed" : "cancelled");
      element.putObject("billing").put("email", ShopOrders.PERSONAL);
      ArrayNode lines = element.putArray("line_items");
      for (ShopOrders.Line line : order.lines) {
        line(lines, line, line.quantity(), 1);
      }
      all.add(element);
    }
    return all;
  }

  private List<ObjectNode> refunds() {
    List<ObjectNode> all = new ArrayList<>();
    for (ShopOrders.Order order : book.orders()) {
      for (ShopOrders.Refund refund : order.refunds) {
        if (!refund.createdAt().isAfter(clock.instant())) {
          ObjectNode element = element(refund.id(), refund.createdAt(), refund.createdAt());
          element.put("parent_id", order.id).put("reason", ShopOrders.PERSONAL);
          ArrayNode lines = element.putArray("line_items");
          for (ShopOrders.RefundLine line : refund.lines()) {
            line(lines, line.line(), line.quantity(), -1);
          }
          all.add(element);
        }
      }
    }
    return all;
  }

  private static void line(ArrayNode lines, ShopOrders.Line line, int quantity, int sign) {
    lines
        .addObject()
        .put("id", line.id())
        .put("sku", line.sku())
        .put("product_id", 1)
        .put("name", line.title())
        .put("quantity", sign * quantity)
        .put(
            "total",
            line.price()
                .multiply(java.math.BigDecimal.valueOf((long) sign * quantity))
                .toPlainString());
  }

  private List<ObjectNode> products() {
    List<ObjectNode> all = new ArrayList<>();
    Instant created = Instant.parse("2024-01-01T00:00:00Z");
    for (int id = 1; id <= 8; id++) {
      ObjectNode element = element(id, created, created);
      element.put("sku", "sku-" + id).put("name", "Product " + id).put("status", "publish");
      element.put("type", "simple").put("price", "9.50").put("stock_status", "instock");
      element.put("stock_quantity", id).putArray("categories").addObject().put("name", "Toys");
      all.add(element);
    }
    return all;
  }
}
