package io.trendflow.collection.merchant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.collection.merchant.MerchantSettings.ReportScope;
import io.trendflow.collection.pull.AccessToken;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.AnswerJson;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.web.RetryingClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Client of the Merchant API's reports, which gives the rows of a query in pages. */
final class MerchantReports {
  /** Receives the pages of a report, each as received and with its number of rows. */
  interface PageReader {
    void read(byte[] json, int rows);
  }

  /** Page as received, with its rows and the token of the next page; empty after the last. */
  private static final class ReportPage {
    private final byte[] json;
    private final JsonNode rows;
    private final String next;

    ReportPage(byte[] json, JsonNode rows, String next) {
      this.json = json;
      this.rows = rows;
      this.next = next;
    }
  }

  static final String TABLE =
      "SELECT report_date, report_granularity, report_country_code, report_category_id, rank,"
          + " previous_rank, relative_demand, previous_relative_demand, relative_demand_change,"
          + " title, brand, category_l1, category_l2, category_l3, category_l4, category_l5,"
          + " variant_gtins, inventory_status, brand_inventory_status"
          + " FROM best_sellers_product_cluster_view";

  private static final String SCOPE = "https://www.googleapis.com/auth/content";
  private static final String ROW = "bestSellersProductClusterView";
  private static final List<String> REQUIRED =
      List.of(
          "reportDate", "reportCountryCode", "reportCategoryId", "title", "rank", "relativeDemand");
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ROWS = 5000;
  private static final int MOST_PAGES = 200;

  private final PullTask task;
  private final MerchantSettings settings;
  private final RetryingClient client;
  private @Nullable String token;

  MerchantReports(PullTask task, MerchantSettings settings) {
    this.task = task;
    this.settings = settings;
    this.client = new RetryingClient("Merchant API", task.times(), task.clock());
  }

  long requests() {
    return client.requests();
  }

  /** Returns the first day of the latest week that has a report. */
  LocalDate latestWeek() {
    ReportScope scope = settings.scopes().get(0);
    JsonNode rows = page(scope, null, 1, "").rows;
    if (rows.isEmpty()) {
      throw new CollectionException(
          "Merchant API has no best sellers for %s: check countries and categories, and in Merchant Center that the account can see best sellers."
              .formatted(scope));
    }
    JsonNode date = rows.get(0).path(ROW).path("reportDate");
    try {
      return LocalDate.of(
          date.path("year").asInt(), date.path("month").asInt(), date.path("day").asInt());
    } catch (DateTimeException e) {
      throw new CollectionException(
          "Merchant API's answer has the reportDate %s, which is not a date: its form has changed."
              .formatted(date),
          e);
    }
  }

  /** Reads the report of a week. A page without rows is left out. */
  void read(ReportScope scope, LocalDate week, PageReader reader) {
    Set<String> tokens = new HashSet<>();
    String next = "";
    int pages = 0;
    do {
      ReportPage page = page(scope, week, ROWS, next);
      pages++;
      if (!page.rows.isEmpty()) {
        reader.read(page.json, page.rows.size());
      }
      next = page.next;
      if (!next.isEmpty() && (!tokens.add(next) || pages >= MOST_PAGES)) {
        throw new CollectionException(
            "Merchant API's best sellers for %s do not end after %d pages: name fewer categories, or run the command again later."
                .formatted(scope, pages));
      }
    } while (!next.isEmpty());
  }

  private static String query(ReportScope scope, @Nullable LocalDate week) {
    return TABLE
        + " WHERE report_granularity = 'WEEKLY' AND report_country_code = '"
        + scope.country()
        + "'"
        + (scope.category() == null ? "" : " AND report_category_id = " + scope.category())
        + (week == null ? "" : " AND report_date = '" + week + "'")
        + " ORDER BY rank";
  }

  private ReportPage page(ReportScope scope, @Nullable LocalDate week, int size, String pageToken) {
    ObjectNode body = JSON.createObjectNode();
    body.put("query", query(scope, week)).put("pageSize", size);
    if (!pageToken.isEmpty()) {
      body.put("pageToken", pageToken);
    }
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(settings.search())
                .header("User-Agent", "trendflow/" + task.codeVersion())
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
    switch (response.statusCode()) {
      case 200 -> {
        // Read below.
      }
      case 401 ->
          throw new CollectionException(
              "Merchant API rejected the access token with status 401: export a new one, since it is valid for an hour, and register its Google Cloud project with account %s."
                  .formatted(settings.account()));
      case 403 ->
          throw new CollectionException(
              "Merchant API refused account %s with status 403: add the token's user to the account in Merchant Center, and give the token the scope %s."
                  .formatted(settings.account(), SCOPE));
      case 400, 404 ->
          throw new CollectionException(
              "Merchant API rejected the report for %s of account %s with status %d: check account, countries and categories."
                  .formatted(scope, settings.account(), response.statusCode()));
      default ->
          throw new CollectionException(
              "Merchant API answered with status %d: run the command again later."
                  .formatted(response.statusCode()));
    }
    return parsed(response.body());
  }

  private static ReportPage parsed(byte[] json) {
    JsonNode answer = AnswerJson.read("Merchant API", json);
    if (!answer.isObject()) {
      throw new CollectionException(
          "Merchant API's answer is not a JSON object: run the command again later.");
    }
    // An answer without rows has no results.
    JsonNode rows = answer.hasNonNull("results") ? answer.get("results") : JSON.createArrayNode();
    for (String field : REQUIRED) {
      boolean given =
          StreamSupport.stream(rows.spliterator(), false)
              .anyMatch(row -> row.path(ROW).hasNonNull(field));
      if (!rows.isArray() || (!rows.isEmpty() && !given)) {
        throw new CollectionException(
            "Merchant API's answer has no field results/%s/%s: its form has changed."
                .formatted(ROW, field));
      }
    }
    return new ReportPage(json, rows, answer.path("nextPageToken").asText(""));
  }

  private String token() {
    if (token == null) {
      token = AccessToken.of(task, settings.token(), settings.endpoint(), SCOPE);
    }
    return token;
  }
}
