package io.trendflow.testing.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Imitation of the best sellers in the reports of Google's Merchant API, and of the metadata server
 * that gives access tokens. The report of a week comes a day after the week is over.
 */
public final class FakeMerchant extends FakeServer {
  public static final String TOKEN = "access-token-of-the-test";
  public static final String MACHINE_TOKEN = "access-token-of-the-machine";
  public static final String ACCOUNT = "1234";
  public static final int PRODUCTS = 12;

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCOPE = "scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcontent";
  private static final Pattern QUERY =
      Pattern.compile(
          "SELECT ([a-z0-9_, ]+) FROM best_sellers_product_cluster_view"
              + " WHERE report_granularity = 'WEEKLY' AND report_country_code = '([A-Z]{2})'"
              + "(?: AND report_category_id = ([0-9]+))?(?: AND report_date = '([0-9-]{10})')?"
              + " ORDER BY rank");
  private static final List<String> TOP_CATEGORIES = List.of("166", "536");
  private static final int DAYS_UNTIL_REPORT = 8;
  private static final List<String> DEMAND =
      List.of("VERY_HIGH", "HIGH", "MEDIUM", "LOW", "VERY_LOW");

  private final Clock clock;
  private final Map<String, Integer> daysLate = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private int mostOnAPage = 5000;
  private @Nullable Supplier<String> endless;

  public FakeMerchant(Clock clock) {
    this.clock = clock;
  }

  /** Limits the rows of a page. */
  public void mostOnAPage(int rows) {
    mostOnAPage = rows;
  }

  /** Makes the reports of a country come later. */
  public void late(String country, int days) {
    daysLate.put(country, days);
  }

  /** Leaves a field out of every row. */
  public void remove(String field) {
    removed.add(field);
  }

  /** Makes every page have a token for a further one. */
  public void endless(Supplier<String> tokens) {
    endless = tokens;
  }

  @Override
  void answer(HttpExchange exchange, ScriptedFault fault) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/computeMetadata/v1/instance/service-accounts/default/token")) {
      boolean asked =
          "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))
              && SCOPE.equals(exchange.getRequestURI().getRawQuery());
      byte[] token =
          JSON.createObjectNode()
              .put("access_token", MACHINE_TOKEN)
              .put("expires_in", 3599)
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      send(exchange, asked ? 200 : 403, asked ? token : new byte[0], fault);
      return;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (!Set.of("Bearer " + TOKEN, "Bearer " + MACHINE_TOKEN).contains(authorization)) {
      send(exchange, 401, new byte[0], fault);
      return;
    }
    if (!path.equals("/reports/v1/accounts/" + ACCOUNT + "/reports:search")) {
      send(exchange, 403, new byte[0], fault);
      return;
    }
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    Matcher query = QUERY.matcher(request.path("query").asText());
    if (!exchange.getRequestMethod().equals("POST") || !query.matches()) {
      send(exchange, 400, new byte[0], fault);
      return;
    }
    send(exchange, 200, JSON.writeValueAsBytes(page(request, query)), fault);
  }

  private ObjectNode page(JsonNode request, Matcher query) {
    List<ObjectNode> rows = rows(query);
    int from = Integer.parseInt("0" + request.path("pageToken").asText("").replaceAll("\\D", ""));
    int size = Math.min(mostOnAPage, request.path("pageSize").asInt(1000));
    ObjectNode answer = JSON.createObjectNode();
    // A list without elements is left out.
    if (from < rows.size()) {
      ArrayNode results = answer.putArray("results");
      rows.stream()
          .skip(from)
          .limit(size)
          .forEach(row -> results.addObject().set("bestSellersProductClusterView", row));
    }
    if (endless != null) {
      answer.put("nextPageToken", endless.get());
    } else if (from + size < rows.size()) {
      answer.put("nextPageToken", "from-" + (from + size));
    }
    return answer;
  }

  private List<ObjectNode> rows(Matcher query) {
    String country = query.group(2);
    LocalDate latest =
        clock
            .instant()
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .minusDays(DAYS_UNTIL_REPORT + daysLate.getOrDefault(country, 0))
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    LocalDate week = query.group(4) == null ? latest : LocalDate.parse(query.group(4));
    List<ObjectNode> rows = new ArrayList<>();
    if (week.isAfter(latest) || week.getDayOfWeek() != DayOfWeek.MONDAY) {
      return rows;
    }
    Set<String> selected = Set.of(query.group(1).split(", ", -1));
    for (int rank = 1; rank <= PRODUCTS; rank++) {
      for (String category : query.group(3) == null ? TOP_CATEGORIES : List.of(query.group(3))) {
        ObjectNode row = row(country, category, week, rank);
        row.properties().removeIf(field -> !selected.contains(snake(field.getKey())));
        removed.forEach(row::remove);
        // A field that this version of the interface does not document yet.
        row.put("estimatedMargin", "UNKNOWN");
        rows.add(row);
      }
    }
    return rows;
  }

  private static String snake(String field) {
    return field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static ObjectNode row(String country, String category, LocalDate week, int rank) {
    ObjectNode row = JSON.createObjectNode();
    row.putObject("reportDate")
        .put("year", week.getYear())
        .put("month", week.getMonthValue())
        .put("day", week.getDayOfMonth());
    row.put("reportGranularity", "WEEKLY");
    row.put("reportCountryCode", country);
    row.put("reportCategoryId", category);
    row.put("title", title(category, week, rank));
    row.put("brand", "Acme");
    row.put("categoryL1", "Category " + category);
    row.putArray("variantGtins").add("0400000000%03d".formatted(rank));
    row.put("inventoryStatus", rank % 3 == 0 ? "NOT_IN_INVENTORY" : "IN_STOCK");
    row.put("brandInventoryStatus", "IN_STOCK");
    row.put("rank", Integer.toString(rank));
    row.put("previousRank", Integer.toString(1 + rank % PRODUCTS));
    row.put("relativeDemand", demand(rank));
    row.put("previousRelativeDemand", demand(1 + rank % PRODUCTS));
    row.put("relativeDemandChange", "FLAT");
    return row;
  }

  private static String demand(int rank) {
    return DEMAND.get(Math.min(DEMAND.size(), rank) - 1);
  }

  /** Returns the title of the product with a rank; every week each product rises by a rank. */
  public static String title(String category, LocalDate week, int rank) {
    int number = (int) Math.floorMod(rank + week.toEpochDay() / 7, (long) PRODUCTS);
    return "Product %s-%d".formatted(category, number);
  }
}
