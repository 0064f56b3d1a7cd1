package io.trendflow.testing.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import graphql.parser.Parser;
import graphql.schema.Coercing;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Imitation of Shopify's Admin GraphQL interface over an order book: queries validated against a
 * schema, a bucket of query points, orders of the last 60 days without a scope, bulk operations,
 * and tokens by client credentials.
 */
public final class FakeShopify extends FakeServer {
  /** Token that is accepted beside those of the client credentials grant. */
  public static final String TOKEN = "shpat_secret_of_the_test";

  public static final String CLIENT_SECRET = "shpss_secret_of_the_test";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_POINTS = 1000;
  private static final int POLLS = 2;

  private final ShopOrders book;
  private final Clock clock;
  private final GraphQL graphql;
  private final Set<String> scopes = new TreeSet<>(List.of("read_orders", "read_products"));
  private final Map<String, byte[]> bulkFiles = new HashMap<>();
  private final Map<String, Integer> polls = new HashMap<>();
  private LeakyBucket bucket;
  private int throttled;
  private double spent;
  private String granted = "";
  private String bulkStatus = "COMPLETED";
  private int bulkLinesLost;
  private int bulkOrders;

  public FakeShopify(ShopOrders book, Clock clock) {
    this.book = book;
    this.clock = clock;
    this.bucket = new LeakyBucket(clock, 2000, 100);
    this.graphql =
        GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(schema(), wiring())).build();
  }

  /** Sets the size of the bucket and its points a second, and fills it. */
  public void bucket(double size, double rate) {
    bucket = new LeakyBucket(clock, size, rate);
    throttled = 0;
    spent = 0;
  }

  /** Adds a scope to the app, such as read_all_orders. */
  public void allow(String scope) {
    scopes.add(scope);
  }

  /** Sets the status with which bulk operations end, and how many lines their files lack. */
  public void bulk(String status, int linesLost) {
    bulkStatus = status;
    bulkLinesLost = linesLost;
  }

  /**
   * Lets every bulk operation give a number of orders with one line each, instead of the book's.
   */
  public void bulkOrders(int orders) {
    bulkOrders = orders;
  }

  /** Returns the number of queries that were refused because of their cost. */
  public int throttled() {
    return throttled;
  }

  /** Returns the points that the answered queries have cost. */
  public double spent() {
    return spent;
  }

  private static TypeDefinitionRegistry schema() {
    try (InputStream in =
            Objects.requireNonNull(FakeShopify.class.getResourceAsStream("shopify.graphqls"));
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return new SchemaParser().parse(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraphQLScalarType text(String name) {
    return GraphQLScalarType.newScalar()
        .name(name)
        .coercing(
            new Coercing<Object, Object>() {
              @Override
              public Object serialize(
                  Object value, graphql.GraphQLContext context, java.util.Locale locale) {
                return value.toString();
              }
            })
        .build();
  }

  private RuntimeWiring wiring() {
    return RuntimeWiring.newRuntimeWiring()
        .scalar(text("DateTime"))
        .scalar(text("Decimal"))
        .scalar(text("URL"))
        .scalar(text("UnsignedInt64"))
        .type(
            "Node",
            node -> node.typeResolver(env -> env.getSchema().getObjectType("BulkOperation")))
        .type(
            "Query",
            query ->
                query
                    .dataFetcher("orders", this::orders)
                    .dataFetcher("ordersCount", this::ordersCount)
                    .dataFetcher("products", this::products)
                    .dataFetcher("node", env -> bulkState(env.getArgument("id")))
                    .dataFetcher(
                        "currentAppInstallation",
                        env ->
                            Map.of(
                                "accessScopes",
                                scopes.stream().map(scope -> Map.of("handle", scope)).toList())))
        .type(
            "Mutation", mutation -> mutation.dataFetcher("bulkOperationRunQuery", this::startBulk))
        .type("Order", order -> order.dataFetcher("lineItems", FakeShopify::lineItems))
        .type("Refund", refund -> refund.dataFetcher("refundLineItems", FakeShopify::refundLines))
        .type("Product", product -> product.dataFetcher("variants", FakeShopify::variants))
        .build();
  }

  // ---- data

  private List<ShopOrders.Order> visible() {
    Instant oldest =
        scopes.contains("read_all_orders")
            ? Instant.EPOCH
            : clock.instant().minus(Duration.ofDays(60));
    return book.orders().stream()
        .filter(order -> !order.createdAt.isBefore(oldest))
        .filter(order -> !order.createdAt.isAfter(clock.instant()))
        .toList();
  }

  private Object orders(DataFetchingEnvironment env) {
    Predicate<ShopOrders.Order> search = ShopifySearch.of(env.getArgument("query"));
    List<ShopOrders.Order> found = visible().stream().filter(search).toList();
    return connection(
        env,
        found,
        order -> order.createdAt.getEpochSecond() * 1_000_000 + order.id % 1_000_000,
        FakeShopify::order);
  }

  private Object ordersCount(DataFetchingEnvironment env) {
    Predicate<ShopOrders.Order> search = ShopifySearch.of(env.getArgument("query"));
    Integer limit = env.getArgument("limit");
    int count = (int) visible().stream().filter(search).count();
    boolean cut = limit != null && count > limit;
    return Map.of("count", cut ? limit : count, "precision", cut ? "AT_LEAST" : "EXACT");
  }

  private static Map<String, Object> order(ShopOrders.Order order) {
    Map<String, Object> map = new HashMap<>();
    map.put("id", "gid://shopify/Order/" + order.id);
    map.put("name", "#" + order.id);
    map.put("email", ShopOrders.PERSONAL);
    map.put("createdAt", order.createdAt);
    map.put("updatedAt", order.updatedAt);
    map.put("cancelledAt", order.cancelledAt);
    map.put("test", false);
    map.put("displayFinancialStatus", order.financialStatus());
    map.put("customer", Map.of("id", "gid://shopify/Customer/1", "email", ShopOrders.PERSONAL));
    map.put("lines", order.lines);
    map.put("refunds", order.refunds.stream().map(FakeShopify::refund).toList());
    return map;
  }

  private static Map<String, Object> refund(ShopOrders.Refund refund) {
    return Map.of(
        "id",
        "gid://shopify/Refund/" + refund.id(),
        "createdAt",
        refund.createdAt(),
        "lines",
        refund.lines());
  }

  private static Map<String, Object> line(ShopOrders.Line line) {
    return Map.of(
        "id",
        "gid://shopify/LineItem/" + line.id(),
        "sku",
        line.sku(),
        "name",
        line.title(),
        "title",
        line.title(),
        "vendor",
        "Acme",
        "quantity",
        line.quantity(),
        "discountedUnitPriceSet",
        money(line.price().toPlainString()));
  }

  private static Map<String, Object> money(String amount) {
    return Map.of("shopMoney", Map.of("amount", amount, "currencyCode", "GBP"));
  }

  private static Object lineItems(DataFetchingEnvironment env) {
    Map<String, Object> order = Objects.requireNonNull(env.getSource());
    @SuppressWarnings("unchecked")
    List<ShopOrders.Line> lines =
        (List<ShopOrders.Line>) Objects.requireNonNull(order.get("lines"));
    return connection(env, lines, ShopOrders.Line::id, FakeShopify::line);
  }

  private static Object refundLines(DataFetchingEnvironment env) {
    Map<String, Object> refund = Objects.requireNonNull(env.getSource());
    @SuppressWarnings("unchecked")
    List<ShopOrders.RefundLine> lines =
        (List<ShopOrders.RefundLine>) Objects.requireNonNull(refund.get("lines"));
    return connection(
        env,
        lines,
        line -> line.line().id(),
        line ->
            Map.of(
                "quantity",
                line.quantity(),
                "subtotalSet",
                money(line.amount().toPlainString()),
                "lineItem",
                line(line.line())));
  }

  private Object products(DataFetchingEnvironment env) {
    String query = env.getArgument("query");
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < 8; id++) {
      // Products never change in this shop.
      if (query == null || query.equals("id:" + id)) {
        ids.add(id);
      }
    }
    return connection(env, ids, id -> id, FakeShopify::product);
  }

  private static Map<String, Object> product(int id) {
    Map<String, Object> map = new HashMap<>();
    map.put("id", "gid://shopify/Product/" + id);
    map.put("title", "Product " + id);
    map.put("handle", "product-" + id);
    map.put("vendor", "Acme");
    map.put("productType", "Toys");
    map.put("status", "ACTIVE");
    map.put("createdAt", "2024-01-01T00:00:00Z");
    map.put("publishedAt", "2024-01-01T00:00:00Z");
    map.put("number", id);
    return map;
  }

  private static Object variants(DataFetchingEnvironment env) {
    Map<String, Object> product = Objects.requireNonNull(env.getSource());
    int number = (Integer) Objects.requireNonNull(product.get("number"));
    // The last product has more variants than a page.
    List<Integer> variants =
        number == 7 ? java.util.stream.IntStream.range(0, 60).boxed().toList() : List.of(0);
    return connection(
        env,
        variants,
        id -> id,
        id ->
            Map.of(
                "id",
                "gid://shopify/ProductVariant/" + number + "000" + id,
                "sku",
                "sku-" + number + (id == 0 ? "" : "-" + id),
                "title",
                "Default",
                "price",
                (5 + number) + ".50",
                "inventoryQuantity",
                number,
                "inventoryPolicy",
                "DENY",
                "availableForSale",
                number > 0));
  }

  private static <T> Object connection(
      DataFetchingEnvironment env,
      List<T> sorted,
      ToLongFunction<T> key,
      Function<T, Map<String, Object>> map) {
    Integer first = env.getArgument("first");
    boolean bulk = env.getGraphQlContext().getOrDefault("bulk", false);
    if (first == null && !bulk) {
      throw new IllegalArgumentException("you must provide one of first or last");
    }
    if (first != null && first > 250) {
      throw new IllegalArgumentException("first cannot exceed 250");
    }
    String after = env.getArgument("after");
    long begin = after == null ? Long.MIN_VALUE : decoded(after);
    List<T> left = sorted.stream().filter(one -> key.applyAsLong(one) > begin).toList();
    List<T> page = bulk || left.size() <= first ? left : left.subList(0, first);
    Map<String, Object> info = new HashMap<>();
    info.put("hasNextPage", page.size() < left.size());
    info.put(
        "endCursor", page.isEmpty() ? null : encoded(key.applyAsLong(page.get(page.size() - 1))));
    List<Map<String, Object>> nodes = page.stream().map(map).toList();
    return Map.of(
        "pageInfo",
        info,
        "nodes",
        nodes,
        "edges",
        nodes.stream().map(node -> Map.of("node", node, "cursor", "c")).toList());
  }

  private static String encoded(long key) {
    return Base64.getEncoder().encodeToString(Long.toString(key).getBytes(StandardCharsets.UTF_8));
  }

  private static long decoded(String cursor) {
    return Long.parseLong(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8));
  }

  // ---- bulk operations

  private Object startBulk(DataFetchingEnvironment env) {
    String id = "gid://shopify/BulkOperation/" + (bulkFiles.size() + 1);
    ExecutionResult result =
        graphql.execute(
            ExecutionInput.newExecutionInput(env.<String>getArgument("query"))
                .graphQLContext(Map.of("bulk", true))
                .build());
    if (!result.getErrors().isEmpty()) {
      return Map.of(
          "userErrors", List.of(Map.of("message", result.getErrors().get(0).getMessage())));
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ObjectNode data = JSON.valueToTree(result.getData());
    data.elements().forEachRemaining(root -> write(root, null, lines));
    bulkFiles.put(id, lines.toByteArray());
    Map<String, Object> payload = new HashMap<>();
    payload.put("bulkOperation", Map.of("id", id, "status", "CREATED"));
    payload.put("userErrors", List.of());
    return payload;
  }

  /** Writes each node of a connection as a line, and its own connections below it. */
  private static void write(
      JsonNode connection, @Nullable String parent, ByteArrayOutputStream out) {
    for (JsonNode edge : connection.path("edges")) {
      ObjectNode node = ((ObjectNode) edge.get("node")).deepCopy();
      List<JsonNode> inner = new ArrayList<>();
      List<String> names = new ArrayList<>();
      node.properties()
          .forEach(
              field -> {
                if (field.getValue().has("edges")) {
                  names.add(field.getKey());
                  inner.add(field.getValue());
                }
              });
      node.remove(names);
      if (parent != null) {
        node.put("__parentId", parent);
      }
      out.writeBytes((node + "\n").getBytes(StandardCharsets.UTF_8));
      inner.forEach(one -> write(one, node.get("id").asText(), out));
    }
  }

  private @Nullable Object bulkState(@Nullable String id) {
    byte[] lines = bulkFiles.get(id);
    if (id == null || lines == null) {
      return null;
    }
    boolean done = polls.merge(id, 1, Integer::sum) >= POLLS;
    Map<String, Object> state = new HashMap<>();
    state.put("id", id);
    state.put("status", done ? bulkStatus : "RUNNING");
    state.put("errorCode", bulkStatus.equals("FAILED") ? "INTERNAL_SERVER_ERROR" : null);
    state.put(
        "objectCount",
        bulkOrders > 0
            ? 2L * bulkOrders
            : new String(lines, StandardCharsets.UTF_8).lines().count());
    String url = address() + "/bulk/" + id.substring(id.lastIndexOf('/') + 1);
    boolean hasFile = lines.length > 0 || bulkOrders > 0;
    state.put("url", done && bulkStatus.equals("COMPLETED") && hasFile ? url : null);
    state.put("partialDataUrl", bulkStatus.equals("FAILED") ? url : null);
    return state;
  }

  // ---- requests

  @Override
  void answer(HttpExchange exchange, ScriptedFault fault) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/bulk/") && bulkOrders > 0) {
      sendOrders(exchange);
      return;
    }
    if (path.startsWith("/bulk/")) {
      byte[] lines =
          Objects.requireNonNull(
              bulkFiles.get("gid://shopify/BulkOperation/" + path.substring("/bulk/".length())));
      send(exchange, 200, without(lines, bulkLinesLost), fault);
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("/admin/oauth/access_token")) {
      boolean known = body.contains("client_secret=" + CLIENT_SECRET);
      granted = "shpua_" + clock.instant();
      send(
          exchange,
          known ? 200 : 400,
          JSON.createObjectNode()
              .put("access_token", granted)
              .put("expires_in", 86399)
              .toString()
              .getBytes(StandardCharsets.UTF_8),
          fault);
      return;
    }
    String token = exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token");
    if (!TOKEN.equals(token) && (granted.isEmpty() || !granted.equals(token))) {
      send(exchange, 401, new byte[0], fault);
      return;
    }
    ObjectNode answer;
    synchronized (this) {
      answer = executed((ObjectNode) JSON.readTree(body), fault);
    }
    send(exchange, 200, JSON.writeValueAsBytes(answer), fault);
  }

  private void sendOrders(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
      for (int i = 0; i < bulkOrders; i++) {
        String lines =
            """
            {"id":"gid://shopify/Order/%d","name":"#%d","createdAt":"%s","cancelledAt":null,"test":false,"displayFinancialStatus":"PAID"}
            {"id":"gid://shopify/LineItem/%d","sku":"sku-%d","name":"Title","vendor":"Acme","quantity":1,"__parentId":"gid://shopify/Order/%d"}
            """
                .formatted(i, i, clock.instant().minusSeconds(86_400 + i), i, i % 500, i);
        out.write(lines.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static byte[] without(byte[] lines, int lost) {
    if (lost == 0) {
      return lines;
    }
    List<String> all = new String(lines, StandardCharsets.UTF_8).lines().toList();
    return (String.join("\n", all.subList(0, all.size() - lost)) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode executed(ObjectNode request, ScriptedFault fault) {
    String query = request.path("query").asText();
    @SuppressWarnings("unchecked")
    Map<String, Object> variables = JSON.convertValue(request.path("variables"), Map.class);
    double requested = cost(query, variables);
    if (requested > MOST_POINTS) {
      return error("MAX_COST_EXCEEDED", "Query cost is " + requested + ".");
    }
    if (fault == ScriptedFault.THROTTLED || requested > bucket.available()) {
      throttled++;
      return withCost(error("THROTTLED", "Throttled"), requested, null);
    }
    ExecutionResult result =
        graphql.execute(ExecutionInput.newExecutionInput(query).variables(variables).build());
    ObjectNode answer = JSON.valueToTree(result.toSpecification());
    double actual = objects(answer.path("data"));
    bucket.take(actual);
    spent += actual;
    return withCost(answer, requested, actual);
  }

  private static ObjectNode error(String code, String message) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode error = answer.putArray("errors").addObject();
    error.put("message", message).putObject("extensions").put("code", code);
    return answer;
  }

  private ObjectNode withCost(ObjectNode answer, double requested, @Nullable Double actual) {
    ObjectNode cost = answer.putObject("extensions").putObject("cost");
    cost.put("requestedQueryCost", requested).put("actualQueryCost", actual);
    cost.putObject("throttleStatus")
        .put("maximumAvailable", bucket.size())
        .put("currentlyAvailable", Math.floor(bucket.available()))
        .put("restoreRate", bucket.rate());
    return answer;
  }

  /** Returns the points of a query: one for each object that it may give. */
  private static double cost(String query, Map<String, Object> variables) {
    Document document = new Parser().parseDocument(query);
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .mapToDouble(operation -> cost(operation.getSelectionSet(), variables, 1))
        .sum();
  }

  private static double cost(
      @Nullable SelectionSet set, Map<String, Object> variables, double times) {
    double sum = 0;
    if (set == null) {
      return 0;
    }
    for (Selection<?> selection : set.getSelections()) {
      if (selection instanceof InlineFragment fragment) {
        sum += cost(fragment.getSelectionSet(), variables, times);
      } else if (selection instanceof Field field && field.getSelectionSet() != null) {
        double own = times * first(field, variables);
        // The objects of a connection are its nodes; the connection itself is free.
        boolean wrapper = List.of("nodes", "edges", "pageInfo").contains(field.getName());
        sum += (wrapper ? 0 : own) + cost(field.getSelectionSet(), variables, own);
      }
    }
    return sum;
  }

  private static double first(Field field, Map<String, Object> variables) {
    for (Argument argument : field.getArguments()) {
      if (argument.getName().equals("first")) {
        if (argument.getValue() instanceof IntValue number) {
          return number.getValue().doubleValue();
        }
        Object value = variables.get(((VariableReference) argument.getValue()).getName());
        return value == null ? 1 : ((Number) value).doubleValue();
      }
    }
    return 1;
  }

  private static double objects(JsonNode node) {
    double sum = 0;
    if (node instanceof ArrayNode) {
      for (JsonNode element : node) {
        sum += objects(element);
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        boolean wrapper = List.of("nodes", "edges", "pageInfo").contains(field.getKey());
        JsonNode value = field.getValue();
        if (value.isObject() && !wrapper && !value.has("nodes")) {
          sum++;
        }
        if (value.isArray()) {
          sum += value.size();
        }
        sum += objects(value);
      }
    }
    return sum;
  }
}
