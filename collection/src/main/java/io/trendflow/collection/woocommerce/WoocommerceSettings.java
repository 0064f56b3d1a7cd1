package io.trendflow.collection.woocommerce;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.collection.pull.DayCount;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a source in WooCommerce.
 *
 * @param api name of the collector
 * @param shop address of the shop, such as {@code https://acme.example}
 * @param key reference to the consumer key
 * @param secret reference to the consumer secret
 * @param restate how long ago an order may have been deleted to be noticed, and how far the first
 *     pull reaches back
 */
record WoocommerceSettings(
    @JsonProperty(required = true) String api,
    @JsonProperty(required = true) String shop,
    @JsonProperty(required = true) String key,
    @JsonProperty(required = true) String secret,
    @Nullable String restate) {
  private static final int RESTATE_DAYS = 60;

  WoocommerceSettings {
    // Basic authentication shows the secret to everyone on the way if the connection is open.
    if (!shop.matches("https://[^/?#]+(/[^?#]*)?|http://127\\.0\\.0\\.1:[0-9]+")) {
      throw new IllegalArgumentException(
          "shop is `" + shop + "`: use its address with https, such as https://acme.example.");
    }
  }

  int restateDays() {
    return DayCount.of("restate", restate, RESTATE_DAYS, DayCount.ONE_OR_MORE);
  }

  URI address(String resource, String query) {
    return URI.create(shop.replaceFirst("/+$", "") + "/wp-json/wc/v3/" + resource + "?" + query);
  }
}
