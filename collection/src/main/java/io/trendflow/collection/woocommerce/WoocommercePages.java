package io.trendflow.collection.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.AnswerJson;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.web.RetryingClient;
import io.trendflow.collection.web.UrlText;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Client of WooCommerce's REST interface, which gives lists in pages. */
final class WoocommercePages {
  /** Page as received, and as a tree. */
  static final class Page {
    private final byte[] bytes;
    private final JsonNode elements;
    private final long total;

    private Page(byte[] bytes, JsonNode elements, long total) {
      this.bytes = bytes;
      this.elements = elements;
      this.total = total;
    }

    byte[] bytes() {
      return bytes;
    }

    JsonNode elements() {
      return elements;
    }

    /** Returns the number of elements of all pages. */
    long total() {
      return total;
    }
  }

  private static final int PAGE = 100;
  private static final int MOST_RESTARTS = 3;

  private final PullTask task;
  private final WoocommerceSettings settings;
  private final RetryingClient client;

  WoocommercePages(PullTask task, WoocommerceSettings settings) {
    this.task = task;
    this.settings = settings;
    this.client = new RetryingClient("WooCommerce", task.times(), task.clock());
  }

  RetryingClient client() {
    return client;
  }

  /** Returns the search for the elements created in a time, the end not included. */
  static String createdBetween(Instant start, Instant end) {
    // WooCommerce leaves out both bounds.
    return "dates_are_gmt=true&after="
        + UrlText.encoded(time(start.minusSeconds(1)))
        + "&before="
        + UrlText.encoded(time(end));
  }

  static String modifiedAfter(Instant time) {
    return "dates_are_gmt=true&modified_after=" + UrlText.encoded(time(time));
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
  }

  /** Returns how many elements a search finds. */
  long count(String resource, String search) {
    return page(resource, search, "id", 1, 1).total();
  }

  /**
   * Returns all pages of a search, ordered by id, so that a new element is on the last page. If an
   * element was deleted meanwhile, the later ones have moved to earlier pages, and all are read
   * again.
   */
  List<Page> all(String resource, String search, String fields) {
    for (int restart = 0; restart < MOST_RESTARTS; restart++) {
      List<Page> pages = new ArrayList<>();
      long total = 0;
      boolean shrank = false;
      do {
        Page page = page(resource, search, fields, pages.size() + 1, PAGE);
        shrank = !pages.isEmpty() && page.total() < total;
        total = page.total();
        pages.add(page);
        task.progress()
            .accept(
                "%s: page %d, %d elements"
                    .formatted(task.source(), pages.size(), page.elements().size()));
      } while (!shrank && total > (long) pages.size() * PAGE);
      if (!shrank) {
        return pages;
      }
    }
    throw new CollectionException(
        "WooCommerce's %s changed while they were read, %d times: run the command again."
            .formatted(resource, MOST_RESTARTS));
  }

  private Page page(String resource, String search, String fields, int page, int size) {
    String query =
        search
            + (search.isEmpty() ? "" : "&")
            + "orderby=id&order=asc&per_page="
            + size
            + "&page="
            + page
            + "&_fields="
            + UrlText.encoded(fields);
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(settings.address(resource, query))
                .header("User-Agent", "trendflow/" + task.codeVersion())
                .header("Authorization", "Basic " + credentials())
                .GET());
    switch (response.statusCode()) {
      case 200 -> {
        // Read below.
      }
      case 401, 403 ->
          throw new CollectionException(
              "WooCommerce rejected the key with status %d: check key and secret, and that the key may read."
                  .formatted(response.statusCode()));
      case 404 ->
          throw new CollectionException(
              "WooCommerce at %s has no %s: check the address, and that its version is at least 9.0."
                  .formatted(settings.shop(), resource));
      default ->
          throw new CollectionException(
              "WooCommerce answered with status %d: run the command again later."
                  .formatted(response.statusCode()));
    }
    long total =
        response
            .headers()
            .firstValue("X-WP-Total")
            .filter(text -> text.matches("\\d{1,12}"))
            .map(Long::valueOf)
            .orElseThrow(
                () ->
                    new CollectionException(
                        "WooCommerce's answer has no header X-WP-Total: a cache or a firewall in front of the shop removes it, so let it pass."));
    return new Page(response.body(), elements(response.body()), total);
  }

  private static JsonNode elements(byte[] body) {
    JsonNode elements = AnswerJson.read("WooCommerce", body);
    if (elements.isArray()) {
      return elements;
    }
    throw new CollectionException("WooCommerce's answer is not a list: check the address.");
  }

  private String credentials() {
    String pair =
        task.secret("key", settings.key()) + ":" + task.secret("secret", settings.secret());
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns a field of an element.
   *
   * @throws CollectionException if it is missing
   */
  static String required(JsonNode element, String field) {
    if (!element.hasNonNull(field)) {
      throw new CollectionException(
          "WooCommerce's answer has no field " + field + ": the interface has changed.");
    }
    return element.get(field).asText();
  }
}
