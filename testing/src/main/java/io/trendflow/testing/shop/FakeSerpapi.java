package io.trendflow.testing.shop;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Imitation of SerpApi's Google Trends engine: five years of weeks, scaled to 0-100 over the
 * keywords of each request.
 */
public final class FakeSerpapi extends FakeServer {
  public static final String KEY = "serpapi-secret-of-the-test";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int WEEKS = 260;

  private final Clock clock;

  public FakeSerpapi(Clock clock) {
    this.clock = clock;
  }

  @Override
  void answer(HttpExchange exchange, ScriptedFault fault) throws IOException {
    Map<String, String> query = new HashMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    if (!KEY.equals(query.get("api_key"))) {
      send(exchange, 401, new byte[0], fault);
      return;
    }
    List<String> keywords = Arrays.asList(Objects.requireNonNull(query.get("q")).split(",", -1));
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("search_metadata").put("status", "Success");
    ObjectNode parameters = answer.putObject("search_parameters");
    query.forEach(
        (name, value) -> {
          if (!name.equals("api_key")) {
            parameters.put(name, value);
          }
        });
    if (keywords.contains("unknown")) {
      answer.put("error", "Google Trends hasn't returned any results for this query.");
    } else {
      write(keywords, answer);
    }
    send(exchange, 200, JSON.writeValueAsBytes(answer), fault);
  }

  private void write(List<String> keywords, ObjectNode answer) {
    LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate sunday = today.minusDays(today.getDayOfWeek().getValue() % 7);
    double highest = 0;
    for (int week = 0; week < WEEKS; week++) {
      for (String keyword : keywords) {
        highest = Math.max(highest, level(keyword, sunday.minusWeeks(week)));
      }
    }
    ArrayNode series = answer.putObject("interest_over_time").putArray("timeline_data");
    for (int week = WEEKS - 1; week >= 0; week--) {
      LocalDate day = sunday.minusWeeks(week);
      ObjectNode point = series.addObject();
      point.put("date", day.toString());
      point.put("timestamp", Long.toString(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
      if (week == 0) {
        point.put("partial_data", true);
      }
      ArrayNode values = point.putArray("values");
      for (String keyword : keywords) {
        long value = Math.round(100 * level(keyword, day) / highest);
        values
            .addObject()
            .put("query", keyword)
            .put("value", Long.toString(value))
            .put("extracted_value", value);
      }
    }
  }

  /** Returns how often a keyword is searched for in a week. */
  public static double level(String keyword, LocalDate day) {
    int seed = Math.floorMod(keyword.hashCode(), 100);
    return 10 + seed + 5 * Math.sin((day.toEpochDay() + seed) / 58.0);
  }
}
