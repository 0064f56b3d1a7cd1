package io.trendflow.collection.woocommerce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,3})d");

  WoocommerceSettings {
    // Basic authentication shows the secret to everyone on the way if the connection is open.
    if (!shop.matches("https://[^/?#]+(/[^?#]*)?|http://127\\.0\\.0\\.1:[0-9]+")) {
      throw new IllegalArgumentException(
          "shop is `" + shop + "`: use its address with https, such as https://acme.example.");
    }
  }

  int restateDays() {
    Matcher matcher = DAYS.matcher(restate == null ? "60d" : restate);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("restate is `" + restate + "`: use days, such as 60d.");
    }
    return Integer.parseInt(matcher.group(1));
  }

  URI address(String resource, String query) {
    return URI.create(shop.replaceFirst("/+$", "") + "/wp-json/wc/v3/" + resource + "?" + query);
  }
}
