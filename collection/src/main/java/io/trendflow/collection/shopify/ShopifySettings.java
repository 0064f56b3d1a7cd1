package io.trendflow.collection.shopify;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.collection.pull.DayCount;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a source in Shopify.
 *
 * @param api name of the collector
 * @param shop host of the shop, such as {@code acme.myshopify.com}
 * @param token reference to an access token
 * @param clientId client id of an app, which gets its tokens itself
 * @param clientSecret reference to the app's secret
 * @param version version of the Admin interface
 * @param restate how long ago an order may have been deleted to be noticed, and how far the first
 *     pull reaches back
 * @param bulkDays ranges of more days are pulled by a bulk operation
 * @param endpoint address instead of the shop's, for tests
 */
record ShopifySettings(
    @JsonProperty(required = true) String api,
    @JsonProperty(required = true) String shop,
    @Nullable String token,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String version,
    @Nullable String restate,
    @Nullable Integer bulkDays,
    @Nullable String endpoint) {
  private static final String VERSION = "2026-10";
  private static final int RESTATE_DAYS = 60;
  private static final int BULK_DAYS = 14;
  private static final Pattern DAYS = Pattern.compile("(\\d{1,4})d");

  ShopifySettings {
    if (!shop.matches("[a-z0-9][a-z0-9.-]*")) {
      throw new IllegalArgumentException(
          "shop is `" + shop + "`: use its host, such as acme.myshopify.com.");
    }
    if ((token == null) == (clientId == null) || (clientId == null) != (clientSecret == null)) {
      throw new IllegalArgumentException(
          "set either token, or client_id and client_secret, for shop " + shop + ".");
    }
  }

  String apiVersion() {
    return version == null ? VERSION : version;
  }

  int restateDays() {
    return DayCount.of("restate", restate, RESTATE_DAYS, DAYS);
  }

  int daysOfBulk() {
    return bulkDays == null ? BULK_DAYS : bulkDays;
  }

  private String base() {
    return endpoint == null ? "https://" + shop : endpoint;
  }

  URI graphql() {
    return URI.create(base() + "/admin/api/" + apiVersion() + "/graphql.json");
  }

  URI tokens() {
    return URI.create(base() + "/admin/oauth/access_token");
  }
}
