package io.trendflow.serving;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses of this site. */
final class Address {
  private Address() {}

  /** A path with those of the parameters that have a value. */
  static String of(String path, Map<String, @Nullable String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(entry -> entry.getValue() != null && !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  static String of(String path, String parameter, @Nullable String value) {
    return value == null ? path : of(path, Map.of(parameter, value));
  }

  /** The page of a product in a market. */
  static String product(String id, @Nullable String market) {
    return of("/products/" + encoded(id).replace("+", "%20"), "market", market);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
