package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tools for agents, which call the routes of the API with the rights of the caller. */
@Singleton
final class McpTools {
  private static final String RESOURCE = "/mcp-tools.json";
  private static final String USUAL_ITEMS = "10";
  private static final int MOST_ORDERS = 100;

  /** Fields of a score that an agent needs to choose a product. */
  private static final String FIELDS =
      "rank,market,product_id,name,category,brand,lifecycle,expected_units,lower_units,upper_units,"
          + "baseline_units,uplift_units,uplift_revenue,currency,price,potential,chance,state";

  private final JsonMapper json;
  private final AnswerWriter writer;
  private final RecommendationsController recommendations;
  private final ProductsController products;
  private final OrdersController orders;
  private final OverviewController overview;
  private final JsonNode descriptions;
  private final Map<String, List<String>> arguments = new LinkedHashMap<>();

  McpTools(
      JsonMapper json,
      AnswerWriter writer,
      RecommendationsController recommendations,
      ProductsController products,
      OrdersController orders,
      OverviewController overview)
      throws IOException {
    this.json = json;
    this.writer = writer;
    this.recommendations = recommendations;
    this.products = products;
    this.orders = orders;
    this.overview = overview;
    try (InputStream in = McpTools.class.getResourceAsStream(RESOURCE)) {
      descriptions = json.readValue(Objects.requireNonNull(in).readAllBytes(), JsonNode.class);
    }
    for (JsonNode tool : descriptions.get("tools").values()) {
      List<String> names = new ArrayList<>();
      tool.get("inputSchema").get("properties").entries().forEach(p -> names.add(p.getKey()));
      arguments.put(tool.get("name").getStringValue(), names);
    }
  }

  /** Returns the descriptions of the tools, with the JSON schemas of their arguments. */
  JsonNode listed() {
    return descriptions;
  }

  List<String> names() {
    return List.copyOf(arguments.keySet());
  }

  /**
   * Returns the result of a tool: the answer of the route, or the sentence of the problem that the
   * route has with the arguments.
   */
  JsonNode call(HttpRequest<?> request, String tool, @Nullable JsonNode sent) throws IOException {
    try {
      Map<String, String> values = values(tool, sent);
      JsonNode answer =
          switch (tool) {
            case "list_recommendations" -> recommendations(request, values);
            case "explain_product" -> json.writeValueToTree(product(request, values));
            case "plan_order" -> order(request, values);
            case "source_health" -> json.writeValueToTree(overview.quality(request));
            default -> throw new IllegalArgumentException("tool " + tool + " is described only");
          };
      return result(new String(json.writeValueAsBytes(answer), StandardCharsets.UTF_8), answer);
    } catch (ProblemException e) {
      return result(e.problem().detail(), null);
    }
  }

  private Map<String, String> values(String tool, @Nullable JsonNode sent) {
    Map<String, String> values = new LinkedHashMap<>();
    if (sent == null || sent.isNull()) {
      return values;
    }
    if (!sent.isObject()) {
      throw QueryParameters.refused("arguments", "'arguments' must be an object.");
    }
    List<String> known = Objects.requireNonNull(arguments.get(tool));
    for (Map.Entry<String, JsonNode> entry : sent.entries()) {
      String name = entry.getKey();
      if (!known.contains(name)) {
        throw QueryParameters.refused(
            name,
            known.isEmpty()
                ? "The tool has no argument '%s': leave it out.".formatted(name)
                : "There is no argument '%s': use one of %s."
                    .formatted(name, String.join(", ", known)));
      }
      JsonNode value = entry.getValue();
      if (value.isObject() || value.isArray()) {
        throw QueryParameters.refused(
            name, "Argument '%s' must be a text or a number.".formatted(name));
      }
      if (!value.isNull()) {
        QueryParameters.requireText(name, value.coerceStringValue());
        values.put(name, value.coerceStringValue());
      }
    }
    return values;
  }

  private JsonNode recommendations(HttpRequest<?> request, Map<String, String> values)
      throws IOException {
    Map<String, String> sent = new LinkedHashMap<>(values);
    sent.putIfAbsent("limit", USUAL_ITEMS);
    sent.put("fields", FIELDS);
    ScoreQuery query = ScoreQuery.of(request, sent);
    RunQuery run = new RunQuery(values.get("as_of"), null);
    return json.readValue(
        writer.write(recommendations.recommendations(query, run), FIELDS), JsonNode.class);
  }

  private Answer<Product> product(HttpRequest<?> request, Map<String, String> values) {
    String id = values.get("product_id");
    if (id == null) {
      throw QueryParameters.refused(
          "product_id",
          "Argument 'product_id' is missing: list_recommendations returns the ids of products.");
    }
    return products.product(request, id, values.get("market"), null);
  }

  /** Returns an order plan with its first orders; the sums are of all orders. */
  private JsonNode order(HttpRequest<?> request, Map<String, String> values) throws IOException {
    OrderQuery query =
        new OrderQuery(
            request,
            values.get("market"),
            values.get("budget"),
            values.get("supplier"),
            values.get("category"));
    int most =
        QueryParameters.whole(
            "limit", values.get("limit"), Integer.parseInt(USUAL_ITEMS), 1, MOST_ORDERS);
    Map<String, JsonNode> plan = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        json.writeValueToTree(orders.orders(query)).entries()) {
      plan.put(entry.getKey(), entry.getValue());
    }
    for (String list : List.of("orders", "incomplete", "cost_too_high")) {
      List<JsonNode> all = new ArrayList<>();
      Objects.requireNonNull(plan.get(list)).values().forEach(all::add);
      plan.put(list, JsonNode.createArrayNode(all.subList(0, Math.min(most, all.size()))));
      plan.putIfAbsent(list + "_total", JsonNode.createNumberNode(all.size()));
    }
    return JsonNode.createObjectNode(plan);
  }

  private static JsonNode result(String text, @Nullable JsonNode structured) {
    Map<String, JsonNode> content =
        Map.of("type", JsonNode.createStringNode("text"), "text", JsonNode.createStringNode(text));
    Map<String, JsonNode> result = new LinkedHashMap<>();
    result.put("content", JsonNode.createArrayNode(List.of(JsonNode.createObjectNode(content))));
    if (structured != null) {
      result.put("structuredContent", structured);
    }
    result.put("isError", JsonNode.createBooleanNode(structured == null));
    return JsonNode.createObjectNode(result);
  }
}
