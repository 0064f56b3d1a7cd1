package io.trendflow.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What all answers of the API have in common: they are of one snapshot from beginning to end,
 * refuse unknown parameters, and are made once for as long as the snapshot is served.
 */
@ServerFilter("/api/v1/**")
final class AnswerFilter {
  private static final String KEY = "trendflow.key";

  private final LatestRun latestRun;
  private final JsonMapper json;
  private final Cache<String, byte[]> bodies =
      Caffeine.newBuilder()
          .maximumWeight(64L << 20)
          .weigher((String key, byte[] body) -> key.length() + body.length)
          .build();

  AnswerFilter(LatestRun latestRun, JsonMapper json) {
    this.latestRun = latestRun;
    this.json = json;
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> known(HttpRequest<?> request) {
    View view = new View(latestRun.served(), Access.of(request), Reasons.askedBy(request));
    request.setAttribute(View.ATTRIBUTE, view);
    RouteMatch<?> route = RouteAttributes.getRouteMatch(request).orElse(null);
    if (route == null) {
      return null;
    }
    refuseUnknown(request, route);
    if (request.getMethod() != HttpMethod.GET) {
      return null;
    }
    String key = key(request, view);
    request.setAttribute(KEY, key);
    if (sentBefore(request, key)) {
      return tagged(HttpResponse.notModified(), key);
    }
    byte[] body = bodies.getIfPresent(key);
    if (body != null) {
      return tagged(HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE), key);
    }
    return null;
  }

  @ResponseFilter
  void render(HttpRequest<?> request, MutableHttpResponse<?> response) throws IOException {
    String key = request.getAttribute(KEY, String.class).orElse(null);
    if (response.body() instanceof Answer<?> answer) {
      byte[] body = bytes(request, answer);
      response.body(body).contentType(MediaType.APPLICATION_JSON_TYPE);
      if (key != null) {
        bodies.put(key, body);
      }
    }
    if (key != null && response.status() == HttpStatus.OK) {
      tagged(response, key);
    }
  }

  private byte[] bytes(HttpRequest<?> request, Answer<?> answer) throws IOException {
    String fields = Parameters.text(request.getParameters().get("fields"));
    if (fields == null) {
      return json.writeValueAsBytes(answer);
    }
    JsonNode whole = json.writeValueToTree(answer);
    Map<String, JsonNode> sparse = new LinkedHashMap<>();
    whole.entries().forEach(entry -> sparse.put(entry.getKey(), entry.getValue()));
    List<String> names = Arrays.asList(fields.split(","));
    List<JsonNode> items = new ArrayList<>();
    whole.get("items").values().forEach(item -> items.add(only(item, names)));
    sparse.put("items", JsonNode.createArrayNode(items));
    return json.writeValueAsBytes(JsonNode.createObjectNode(sparse));
  }

  private static JsonNode only(JsonNode item, List<String> names) {
    Map<String, JsonNode> some = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : item.entries()) {
      if (names.contains(entry.getKey())) {
        some.put(entry.getKey(), entry.getValue());
      }
    }
    return JsonNode.createObjectNode(some);
  }

  /** What an answer depends on. */
  private static String key(HttpRequest<?> request, View view) {
    return String.join(
        "\n",
        view.served().version(),
        String.valueOf(view.access().markets()),
        request.accept().toString(),
        view.words().language(),
        request.getUri().toString());
  }

  private static boolean sentBefore(HttpRequest<?> request, String key) {
    String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    return known != null && Arrays.asList(known.split(" *, *")).contains(tag(key));
  }

  /** Weak, as the same answer may be sent compressed. */
  private static String tag(String key) {
    return "W/\"" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + '"';
  }

  /** Clients may keep an answer, but have to ask whether it still holds. */
  private static MutableHttpResponse<?> tagged(MutableHttpResponse<?> response, String key) {
    return response
        .header(HttpHeaders.ETAG, tag(key))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, "Accept, Accept-Language");
  }

  private static void refuseUnknown(HttpRequest<?> request, RouteMatch<?> route) {
    Set<String> names = new LinkedHashSet<>();
    for (Argument<?> argument : target(route).getArguments()) {
      if (argument.isAnnotationPresent(RequestBean.class)) {
        addNames(
            names,
            BeanIntrospection.getIntrospection(argument.getType()).getConstructorArguments());
      }
    }
    addNames(names, target(route).getArguments());
    Parameters.allowOnly(request.getParameters(), names);
  }

  private static ExecutableMethod<?, ?> target(RouteMatch<?> route) {
    return ((MethodBasedRouteMatch<?, ?>) route).getExecutableMethod();
  }

  private static void addNames(Set<String> names, Argument<?>... arguments) {
    for (Argument<?> argument : arguments) {
      if (argument.isAnnotationPresent(QueryValue.class)) {
        names.add(
            argument
                .getAnnotationMetadata()
                .stringValue(QueryValue.class)
                .orElse(argument.getName()));
      }
    }
  }
}
