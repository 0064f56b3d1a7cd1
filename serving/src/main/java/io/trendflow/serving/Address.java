package io.trendflow.serving;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses of this site. */
final class Address {
  /** A path and query of this site: a browser takes two slashes for another one. */
  private static final Pattern OWN =
      Pattern.compile("(?!//)/(?:[-\\w.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*");

  private Address() {}

  /** The address that a form sent if it is one of this site, else that of the list. */
  static URI own(@Nullable String sent) {
    return URI.create(sent != null && OWN.matcher(sent).matches() ? sent : "/");
  }

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
