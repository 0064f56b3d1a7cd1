package io.trendflow.testing.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Imitation of BigQuery's methods jobs.query and jobs.getQueryResults. It holds rows by day, runs
 * each query as one for these rows, and gives them in pages.
 */
public final class FakeBigquery extends FakeServer {
  public static final String TOKEN = "access-token-of-the-test";
  public static final String PROJECT = "acme-shop";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUERIES = "/bigquery/v2/projects/" + PROJECT + "/queries";
  private static final Pattern PARAMETER = Pattern.compile("(?:^|&)(\\w+)=([^&]*)");
  private static final long BYTES_OF_A_ROW = 1_000_000;

  private record Job(String id, List<String> rows) {}

  private final Map<LocalDate, List<String>> days = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Integer> pollsLeft = new LinkedHashMap<>();
  private final Set<String> removed = new HashSet<>();
  private int mostOnAPage = 5;
  private int polls;
  private long hidden;
  private boolean everyDay;
  private @Nullable Function<String, @Nullable String> rejects;

  /** Adds a row to a day, as the JSON of its columns. */
  public void add(LocalDate day, String json) {
    days.computeIfAbsent(day, added -> new ArrayList<>()).add(json);
  }

  /** Limits the rows of a page. */
  public void mostOnAPage(int rows) {
    mostOnAPage = rows;
  }

  /** Makes every query need a number of further requests until it has ended. */
  public void slow(int requests) {
    polls = requests;
  }

  /** Leaves a field out of every answer. */
  public void remove(String field) {
    removed.add(field);
  }

  /** Makes the total of every query larger than its rows. */
  public void hide(long rows) {
    hidden = rows;
  }

  /** Gives the rows of all days, whatever the parameters are. */
  public void ignoreDays() {
    everyDay = true;
  }

  /** Makes queries fail: the function gives the reason for a query, or null. */
  public void reject(Function<String, @Nullable String> reasons) {
    rejects = reasons;
  }

  /** Returns the number of queries that ran, each of which costs money. */
  public int ran() {
    return jobs.size();
  }

  @Override
  void answer(HttpExchange exchange, ScriptedFault fault) throws IOException {
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, new byte[0], fault);
      return;
    }
    String path = exchange.getRequestURI().getPath();
    if (path.equals(QUERIES) && exchange.getRequestMethod().equals("POST")) {
      inserted(exchange, JSON.readTree(exchange.getRequestBody()), fault);
    } else if (path.startsWith(QUERIES + "/") && exchange.getRequestMethod().equals("GET")) {
      Job job = jobs.get(path.substring(QUERIES.length() + 1));
      Map<String, String> parameters = new LinkedHashMap<>();
      Matcher matcher = PARAMETER.matcher(exchange.getRequestURI().getRawQuery());
      while (matcher.find()) {
        parameters.put(matcher.group(1), matcher.group(2));
      }
      if (job == null || !"EU".equals(parameters.get("location"))) {
        failed(exchange, 404, "notFound", "Not found: Job", fault);
      } else {
        int from = Integer.parseInt(parameters.getOrDefault("pageToken", "0"));
        send(exchange, 200, bytes(page(job, from)), fault);
      }
    } else {
      failed(exchange, 403, "accessDenied", "Access Denied: Project", fault);
    }
  }

  private void inserted(HttpExchange exchange, JsonNode body, ScriptedFault fault)
      throws IOException {
    String query = body.path("query").asText();
    String reason = rejects == null ? null : rejects.apply(query);
    List<String> rows = rows(body);
    long bytes = rows.size() * BYTES_OF_A_ROW;
    if (body.path("dryRun").asBoolean()) {
      ObjectNode answer = JSON.createObjectNode().put("jobComplete", true);
      send(exchange, 200, bytes(answer.put("totalBytesProcessed", Long.toString(bytes))), fault);
    } else if (reason != null) {
      failed(exchange, reason.equals("accessDenied") ? 403 : 400, reason, "The reason", fault);
    } else if (bytes > body.path("maximumBytesBilled").asLong()) {
      String message = "Query exceeded limit for bytes billed";
      failed(exchange, 400, "bytesBilledLimitExceeded", message, fault);
    } else {
      // A request with a known id is answered by the job that it started before.
      Job job = jobs.computeIfAbsent(body.path("requestId").asText(), id -> new Job(id, rows));
      pollsLeft.putIfAbsent(job.id(), polls);
      send(exchange, 200, bytes(page(job, 0)), fault);
    }
  }

  private List<String> rows(JsonNode body) {
    LocalDate from = LocalDate.MIN;
    LocalDate to = LocalDate.MAX;
    for (JsonNode parameter : body.path("queryParameters")) {
      LocalDate day = LocalDate.parse(parameter.at("/parameterValue/value").asText());
      boolean first = parameter.path("name").asText().equals("from");
      from = first ? day : from;
      to = first ? to : day;
    }
    List<String> rows = new ArrayList<>();
    for (Map.Entry<LocalDate, List<String>> day : days.entrySet()) {
      if (everyDay || (!day.getKey().isBefore(from) && !day.getKey().isAfter(to))) {
        day.getValue().forEach(json -> rows.add(day.getKey() + json));
      }
    }
    return rows;
  }

  private ObjectNode page(Job job, int from) {
    ObjectNode answer = JSON.createObjectNode().put("kind", "bigquery#queryResponse");
    answer.putObject("jobReference").put("jobId", job.id()).put("location", "EU");
    int left = pollsLeft.merge(job.id(), -1, Integer::sum);
    answer.put("jobComplete", left < 0);
    if (left < 0) {
      ArrayNode rows = answer.putArray("rows");
      for (String row : job.rows().stream().skip(from).limit(mostOnAPage).toList()) {
        ArrayNode cells = rows.addObject().putArray("f");
        cells.addObject().put("v", row.substring(0, 10));
        cells.addObject().put("v", row.substring(10));
      }
      answer.put("totalRows", Long.toString(job.rows().size() + hidden));
      if (from + mostOnAPage < job.rows().size()) {
        answer.put("pageToken", Integer.toString(from + mostOnAPage));
      }
      // A field that the documentation has since a later version.
      answer.put("queryId", "auto");
    }
    answer.remove(removed);
    return answer;
  }

  private static byte[] bytes(ObjectNode answer) {
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void failed(
      HttpExchange exchange, int status, String reason, String message, ScriptedFault fault)
      throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode error = answer.putObject("error").put("code", status).put("message", message);
    error.putArray("errors").addObject().put("reason", reason).put("message", message);
    send(exchange, status, bytes(answer), fault);
  }
}
