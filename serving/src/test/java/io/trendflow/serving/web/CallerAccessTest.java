package io.trendflow.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of API keys, their markets and rate limits, and the sessions that they open. */
public class CallerAccessTest {
  private static final String LIST = "/api/v1/recommendations";
  private static final String STATUS_ONLY = "{\"name\":null,\"status\":\"UP\",\"details\":null}";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server =
        new TestServer(
            Shop.publish(new StoreFolder(folder)),
            Map.of(
                "trendflow.api-keys.all.hash", sha256("key-of-all"),
                "trendflow.api-keys.uk.hash", sha256("key-of-uk"),
                "trendflow.api-keys.uk.markets", "uk",
                "trendflow.api-keys.slow.hash", sha256("key-of-slow"),
                "trendflow.api-keys.slow.requests-per-minute", 2));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  public static String sha256(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {LIST, "/api/v1/nix", "/prometheus", "/openapi/trendflow.yml"})
  void withoutAKeyNothingIsTold(String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(ProblemBody.MEDIA_TYPE);
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(server.get(path, "X-API-Key", "wrong").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "key-of-uk.", "KEY-OF-UK", "key-of-uk,key-of-all", "a\tb"})
  void aWrongKeyOpensNothing(String key) {
    assertThat(server.get(LIST, "Authorization", "Bearer " + key).statusCode()).isEqualTo(401);
    assertThat(server.get(LIST, "Authorization", "Basic " + key).statusCode()).isEqualTo(401);
    assertThat(server.get(LIST, "Cookie", ApiKeyFilter.SESSION + "=" + key).statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/static/../api/v1/recommendations",
        "/health/../api/v1/recommendations",
        "/login/..%2Fapi/v1/recommendations",
        "//api/v1/recommendations",
        "/%61pi/v1/recommendations",
        "/api/v1/recommendations;x",
      })
  void aDetourTellsNothing(String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).isIn(400, 401, 404);
    assertThat(response.body()).doesNotContain("product_id");
  }

  @Test
  void healthNeedsNoKey() {
    assertThat(server.get("/health/readiness").statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyOpensItsMarkets() {
    assertThat(list("key-of-all").get("total").asInt()).isEqualTo(120);
    assertThat(list("key-of-uk").get("total").asInt()).isEqualTo(60);
    HttpResponse<String> other = server.get(LIST + "?market=de", "X-API-Key", "key-of-uk");
    assertThat(TestServer.json(other).get("detail").asText())
        .isEqualTo("Parameter 'market' can't be 'de': use one of uk.");
    assertThat(
            TestServer.json(server.get("/api/v1/products/20000", "X-API-Key", "key-of-uk"))
                .get("items"))
        .hasSize(1);
    assertThat(server.get("/api/v1/markets", "X-API-Key", "key-of-uk").body())
        .doesNotContain("\"de\"");
    assertThat(server.get(LIST, "Authorization", "Bearer key-of-uk").statusCode()).isEqualTo(200);
  }

  @Test
  void marketsMayHaveBlanksBetweenThem(@TempDir Path folder) throws Exception {
    try (TestServer two =
        new TestServer(
            Shop.publish(new StoreFolder(folder)),
            Map.of(
                "trendflow.api-keys.two.hash",
                sha256("key-of-two"),
                "trendflow.api-keys.two.markets",
                "de, uk"))) {
      HttpResponse<String> list = two.get(LIST, "X-API-Key", "key-of-two");
      assertThat(TestServer.json(list).get("total").asInt()).isEqualTo(120);
    }
  }

  @Test
  void aKeyMayAskSoOften() {
    HttpResponse<String> first = server.get(LIST, "X-API-Key", "key-of-slow");
    assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("2");
    assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("1");
    server.get(LIST, "X-API-Key", "key-of-slow");
    HttpResponse<String> third = server.get(LIST, "X-API-Key", "key-of-slow");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(third.headers().firstValue("RateLimit-Remaining")).hasValue("0");
  }

  @Test
  void aKeyOpensASession() {
    for (String path : new String[] {"/", "/data", "/products/20000"}) {
      HttpResponse<String> asked = server.get(path);
      assertThat(asked.statusCode()).isEqualTo(303);
      assertThat(asked.headers().firstValue("Location"))
          .hasValue(path.equals("/") ? "/login" : "/login?to=" + path.replace("/", "%2F"));
    }
    assertThat(server.get("/recommendations.csv").statusCode()).isEqualTo(401);
    HttpResponse<String> form = server.get("/login");
    String formCookie = cookie(form);
    assertThat(login(formCookie, token(form), "wrong").statusCode()).isEqualTo(401);
    assertThat(login(formCookie, "forged", "key-of-uk").statusCode()).isEqualTo(403);
    HttpResponse<String> opened = login(formCookie, token(form), "key-of-uk");
    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow().toLowerCase(Locale.ROOT))
        .contains("httponly", "samesite=strict");
    assertThat(opened.headers().firstValue("Location")).hasValue("/");
    assertThat(login(formCookie, token(form) + "&to=%2Fdata%3Fa", "key-of-uk").headers())
        .satisfies(headers -> assertThat(headers.firstValue("Location")).hasValue("/data?a"));
    assertThat(login(formCookie, token(form) + "&to=%2F%2Fexample.com", "key-of-uk").headers())
        .satisfies(headers -> assertThat(headers.firstValue("Location")).hasValue("/"));
    String session = cookie(opened);
    HttpResponse<String> list = server.get("/", "Cookie", session);
    assertThat(list.body()).contains("60 products", "action=\"/logout\"").doesNotContain(">de<");
    assertThat(server.get("/recommendations.csv", "Cookie", session).body().lines()).hasSize(61);
    assertThat(server.get("/products/20000?market=de", "Cookie", session).statusCode())
        .isEqualTo(400);
    assertThat(TestServer.json(server.get(LIST, "Cookie", session)).get("total").asInt())
        .isEqualTo(60);
    assertThat(server.get(LIST, "Cookie", session + "x").statusCode()).isEqualTo(401);
    assertThat(server.get(LIST, "Cookie", session.replaceFirst("=..", "=xx")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aProxysAuthorizationDoesNotHideASession() {
    String session = session(server, "key-of-uk");
    HttpResponse<String> list =
        server.send(
            server
                .request("/")
                .header("Cookie", session)
                .header("Authorization", "Bearer token-of-a-proxy")
                .header("Accept", "text/html"));
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body()).contains("60 products");
  }

  @Test
  void aLogoutEndsTheSessionForEveryCopyOfItsCookie() {
    String session = session(server, "key-of-uk");
    HttpResponse<String> page = server.get("/", "Cookie", session);
    assertThat(post(server, "/logout", session, "token=forged").statusCode()).isEqualTo(303);
    assertThat(server.get(LIST, "Cookie", session).statusCode()).isEqualTo(200);
    HttpResponse<String> ended = post(server, "/logout", session, "token=" + token(page));
    assertThat(ended.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(server.get(LIST, "Cookie", session).statusCode()).isEqualTo(401);
  }

  @Test
  void noPageSignsWhatAClientSent() {
    for (String forged : new String[] {"dWs.2000000000", "abc", "a.b.c.d"}) {
      for (String path : new String[] {"/login", "/nix"}) {
        HttpResponse<String> page =
            server.send(
                server
                    .request(path)
                    .header("Cookie", ApiKeyFilter.SESSION + "=" + forged)
                    .header("Accept", "text/html"));
        assertThat(page.body()).doesNotContain("action=\"/logout\"");
      }
    }
    // A token of one form is none of the other, and none is the signature of a session.
    HttpResponse<String> form = server.get("/login");
    String random = cookie(form).split("=", 2)[1];
    String forged = "dWs." + random + ".2000000000." + token(form);
    assertThat(server.get(LIST, "Cookie", ApiKeyFilter.SESSION + "=" + forged).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aSessionEndsWithTheKeyThatOpenedIt(@TempDir Path folder) throws Exception {
    StoreFolder store = Shop.publish(new StoreFolder(folder));
    String session;
    try (TestServer before = withKey(store, "old-key")) {
      session = session(before, "old-key");
      assertThat(before.get(LIST, "Cookie", session).statusCode()).isEqualTo(200);
    }
    try (TestServer same = withKey(store, "old-key")) {
      assertThat(same.get(LIST, "Cookie", session).statusCode()).isEqualTo(200);
    }
    try (TestServer changed = withKey(store, "new-key")) {
      assertThat(changed.get(LIST, "Cookie", session).statusCode()).isEqualTo(401);
    }
  }

  private static TestServer withKey(StoreFolder store, String key) throws Exception {
    return new TestServer(
        store,
        Map.of(
            "trendflow.session-secret", "s".repeat(32),
            "trendflow.api-keys.shop.hash", sha256(key)));
  }

  @Test
  void refusalsAreInTheMetrics() {
    server.get(LIST);
    server.get(LIST, "X-API-Key", "wrong");
    for (int i = 0; i < 3; i++) {
      server.get(LIST, "X-API-Key", "key-of-slow");
    }
    assertThat(server.get("/prometheus", "X-API-Key", "key-of-all").body())
        .containsPattern("trendflow_refused_total\\{status=\"401\"\\} [1-9]")
        .containsPattern("trendflow_refused_total\\{status=\"429\"\\} [1-9]");
  }

  @Test
  void healthTellsStrangersTheStatusOnly() {
    for (String path : new String[] {"/health", "/health/readiness"}) {
      assertThat(server.get(path).body()).isEqualTo(STATUS_ONLY);
      assertThat(server.get(path, "X-API-Key", "wrong").body()).isEqualTo(STATUS_ONLY);
      assertThat(server.get(path, "X-API-Key", "key-of-uk").body()).doesNotContain("run_id");
      assertThat(server.get(path, "X-API-Key", "key-of-all").body())
          .contains("\"run_id\":\"r1\"", "\"degraded_reasons\":[");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key=%zz",
        "key=%",
        "%zz=1",
        "key=%C0%AF",
        "to=%2F&to=%2F&token",
        "=&=&&",
        "key=%00",
        "a[b][c]=d"
      })
  void aBrokenFormIsRefused(String form) {
    for (String path : new String[] {"/login", "/logout", "/language"}) {
      assertThat(post(server, path, "a=b", form).statusCode()).as(path).isBetween(300, 499);
    }
  }

  @Test
  void aLongAddressIsRefused() {
    String address = "/" + "a".repeat(3000);
    assertThat(post(server, "/language", "a=b", "back=" + address).statusCode()).isEqualTo(400);
    assertThat(post(server, "/login", "a=b", "to=" + address).statusCode()).isEqualTo(400);
    assertThat(server.get("/login?to=" + address).statusCode()).isEqualTo(400);
    assertThat(SiteAddress.own("to", "/" + "a%20".repeat(499)).toString()).hasSize(1997);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";;;",
        "-",
        ",",
        ",,;q=1",
        "*;q=",
        "en;q=NaN",
        "fr;q=1e400",
        "x-",
        "\"",
        "en;q=0.5;q=2;;"
      })
  void aBrokenHeaderIsNoFailure(String value) {
    for (String header :
        new String[] {
          "Accept-Language",
          "Accept",
          "Cookie",
          "If-None-Match",
          "Authorization",
          "Accept-Encoding",
          "Range",
          "If-Modified-Since",
          "X-Forwarded-Proto",
          "Origin",
          "Accept-Charset"
        }) {
      for (String path : new String[] {"/login", LIST, "/", "/nix", "/static/dashboard.css"}) {
        HttpResponse<String> answer =
            server.send(
                server.request(path).header("X-API-Key", "key-of-all").header(header, value));
        assertThat(answer.statusCode()).as("%s %s", header, path).isLessThan(500);
      }
    }
  }

  @Test
  void cookiesAreSecureBehindAProxyThatEndsTls() {
    HttpResponse<String> plain = server.get("/login");
    assertThat(plain.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain("Secure");
    HttpResponse<String> tls = server.get("/login", "X-Forwarded-Proto", "https");
    assertThat(tls.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
  }

  private static String session(TestServer of, String key) {
    HttpResponse<String> form = of.get("/login");
    String sent = "token=" + token(form) + "&key=" + key;
    return cookie(post(of, "/login", cookie(form), sent));
  }

  private static HttpResponse<String> post(TestServer to, String path, String cookie, String form) {
    return to.send(
        to.request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static HttpResponse<String> login(String cookie, String token, String key) {
    return server.send(
        server
            .request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token + "&key=" + key)));
  }

  private static String cookie(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String token(HttpResponse<String> form) {
    Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(form.body());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private static JsonNode list(String key) {
    return TestServer.json(server.get(LIST, "X-API-Key", key));
  }
}
