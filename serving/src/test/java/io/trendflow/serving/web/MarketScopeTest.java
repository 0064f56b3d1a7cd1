package io.trendflow.serving.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.Quality;
import io.trendflow.serving.snapshot.RunSnapshot;
import io.trendflow.serving.store.SecretShop;
import io.trendflow.serving.store.StoreFolder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets in market de and searches every answer that a key of market uk gets, from each
 * route of the service.
 */
class MarketScopeTest {
  private static final List<String> ACCEPTED = List.of("application/json", "text/html", "text/csv");

  /** Parameters that fit some of the routes; the others reject them and name what they allow. */
  private static final List<String> QUERIES =
      List.of(
          "",
          "?market=uk",
          "?market=de",
          "?market=" + SecretShop.SECRET,
          "?category=x",
          "?category=Lighting",
          "?brand=Brocante",
          "?run_id=r0",
          "?brand=x",
          "?source=x",
          "?geo=x",
          "?sort=x",
          "?order=falling",
          "?keyword=" + SecretShop.SECRET,
          "?q=" + SecretShop.SECRET,
          "?category=" + SecretShop.SECRET + "-category",
          "?limit=500",
          "?fields=name,reasons",
          "?weeks=500");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server =
        new TestServer(
            SecretShop.publish(new StoreFolder(folder)),
            Map.of(
                "trendflow.max-age.run",
                100_000,
                "trendflow.max-age.sources." + SecretShop.SECRET + "_orders",
                1,
                "trendflow.api-keys.all.hash",
                CallerAccessTest.sha256("key-of-all"),
                "trendflow.api-keys.all.requests-per-minute",
                1_000_000,
                "trendflow.api-keys.uk.hash",
                CallerAccessTest.sha256("key-of-uk"),
                "trendflow.api-keys.uk.markets",
                "uk",
                "trendflow.api-keys.uk.requests-per-minute",
                1_000_000));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void noAnswerHasASecretOfAnotherMarket() {
    Set<String> found = new TreeSet<>();
    int answered = 0;
    for (String path : paths()) {
      for (String accepted : ACCEPTED) {
        for (String key : List.of("key-of-all", "key-of-uk")) { // the first one fills the caches
          HttpResponse<String> answer =
              server.send(server.request(path).header("X-API-Key", key).header("Accept", accepted));
          String text = answer.headers().map() + answer.body();
          Set<String> secrets =
              SecretShop.secrets().stream().filter(text::contains).collect(Collectors.toSet());
          if (key.equals("key-of-all")) {
            found.addAll(secrets);
          } else {
            assertThat(without(path, secrets)).as("%s as %s", path, accepted).isEmpty();
            answered += answer.statusCode() == 200 ? 1 : 0;
          }
        }
      }
    }
    assertThat(found)
        .as("planted and seen by a key of all markets")
        .isEqualTo(SecretShop.secrets());
    assertThat(answered).as("answers that were searched").isGreaterThan(100);
  }

  /** A request that has a secret itself may get it back, in a link or a message. */
  private static Set<String> without(String path, Set<String> secrets) {
    return secrets.stream()
        .filter(secret -> !path.contains(SecretShop.SECRET) || !secret.equals(SecretShop.SECRET))
        .filter(secret -> !path.contains(secret))
        .collect(Collectors.toSet());
  }

  @Test
  void aLookupHasNoSecretOfAnotherMarket() {
    String ids = "{\"ids\": [\"%s-id\", \"20000\"]}".formatted(SecretShop.SECRET);
    String answer =
        server
            .send(
                server
                    .request("/api/v1/products:lookup")
                    .header("X-API-Key", "key-of-uk")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(ids)))
            .body();
    assertThat(answer)
        .contains("\"market\":\"uk\"")
        .contains("\"product_id\":\"%s-id\",\"market\":null".formatted(SecretShop.SECRET))
        .doesNotContain("-name", "-brand", "-category", "\"de\"");
  }

  @Test
  void aSeriesOfOwnProductsHasTheirCategoriesOnly() {
    String own = server.get("/api/v1/trends", "X-API-Key", "key-of-uk").body();
    assertThat(own).contains("\"keyword\":\"lantern\"", "\"categories\":[\"Lighting\"]");
    String all = server.get("/api/v1/trends", "X-API-Key", "key-of-all").body();
    assertThat(all).contains("\"categories\":[\"Lighting\",\"secret-category\"]");
  }

  @Test
  void figuresOfAllMarketsNeedAKeyOfAll() {
    for (String path : List.of("/api/v1/quality", "/prometheus")) {
      HttpResponse<String> refused = server.get(path, "X-API-Key", "key-of-uk");
      assertThat(refused.statusCode()).as(path).isEqualTo(403);
      assertThat(refused.body()).contains("The key 'uk' gives access to single markets");
      assertThat(server.get(path, "X-API-Key", "key-of-all").statusCode()).isEqualTo(200);
    }
    assertThat(server.get("/%70rometheus", "X-API-Key", "key-of-uk").statusCode())
        .isIn(400, 403, 404);
  }

  @Test
  void onlyTheViewOfACallerReadsTheSnapshot() {
    noClasses()
        .that()
        .resideInAnyPackage("io.trendflow.serving.api..", "io.trendflow.serving.dashboard..")
        .and()
        .doNotBelongToAnyOf(CallerView.class, Quality.class)
        .should()
        .accessClassesThat()
        .belongToAnyOf(RunSnapshot.class)
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.trendflow.serving"));
  }

  /** Returns the paths of every route with each query, and of the static files. */
  private static List<String> paths() {
    List<String> paths = new ArrayList<>(List.of("/openapi/trendflow.yml", "/docs/index.html"));
    List<String> routes =
        server
            .bean(Router.class)
            .uriRoutes()
            .filter(
                route -> Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(route.getHttpMethod()))
            .map(route -> route.getUriMatchTemplate().toPathString())
            .filter(route -> !route.startsWith("/failing")) // the tests' own
            .distinct()
            .toList();
    assertThat(routes).contains("/", "/api/v1/trends", "/api/v1/products/{id}/history", "/health");
    for (String route : routes) {
      for (String id : List.of("20000", SecretShop.SECRET + "-id")) {
        for (String query : QUERIES) {
          paths.add(route.replaceAll("\\{[^}]*}", id) + query);
        }
      }
    }
    return paths.stream().distinct().toList();
  }
}
