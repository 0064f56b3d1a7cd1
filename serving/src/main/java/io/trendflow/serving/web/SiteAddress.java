package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.web.router.RouteAttributes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** URLs of this site. */
public final class SiteAddress {
  /** Maximum length of a path and query that forms and redirects carry along. */
  public static final int LONGEST = 2000;

  /**
   * Path and query of this site. Browsers read two leading slashes as another site. The possessive
   * quantifiers keep the matcher from recursing into each character.
   */
  private static final Pattern OWN =
      Pattern.compile("(?!//)/(?:[-\\w.~!$&'()*+,;=:@/?]++|%[0-9A-Fa-f]{2})*+");

  private SiteAddress() {}

  /**
   * Returns the URL that a form sent if it is a URL of this site, otherwise the URL of the list.
   *
   * @throws ProblemException status 400 if it is too long
   */
  public static URI own(String name, @Nullable String sent) {
    if (sent != null && sent.length() > LONGEST) {
      throw QueryParameters.refused(
          name, "'" + name + "' is longer than the maximum of " + LONGEST + " characters.");
    }
    return URI.create(sent != null && OWN.matcher(sent).matches() ? sent : "/");
  }

  /** Returns a path with the parameters that have a value. */
  public static String of(String path, Map<String, @Nullable String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(entry -> entry.getValue() != null && !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  public static String of(String path, String parameter, @Nullable String value) {
    return value == null ? path : of(path, Map.of(parameter, value));
  }

  /** Returns the URL of a product's page in a market. */
  public static String product(String id, @Nullable String market) {
    return of("/products/" + encoded(id).replace("+", "%20"), "market", market);
  }

  /** Returns the URL to which decisions about a product are sent. */
  public static String decisions(String id) {
    return "/products/" + encoded(id).replace("+", "%20") + "/decisions";
  }

  /** Returns whether a request comes from a browser that will show the answer as a page. */
  public static boolean isAskedForPage(HttpRequest<?> request) {
    return !request.getPath().startsWith("/api/")
        && (request.accept().contains(MediaType.TEXT_HTML_TYPE)
            || RouteAttributes.getRouteMatch(request)
                .map(route -> route.getRouteInfo().getProduces())
                .filter(types -> types.contains(MediaType.TEXT_HTML_TYPE))
                .isPresent());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
