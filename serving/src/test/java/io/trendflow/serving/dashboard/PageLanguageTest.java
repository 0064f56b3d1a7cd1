package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which language a user gets, and that each language has every text. */
class PageLanguageTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new TestServer(Shop.publish(new StoreFolder(folder)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws IOException {
    Properties english = texts("en");
    Properties french = texts("fr");
    assertThat(new TreeSet<>(french.stringPropertyNames()))
        .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      assertThat(places(french.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
      assertThat(french.getProperty(key)).as(key).isNotEmpty();
    }
  }

  private static List<String> places(String text) {
    return Pattern.compile("\\{\\d}")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .sorted()
        .toList();
  }

  /** Finds keys in the sources in full, or by their beginning. */
  @Test
  void everyTextIsUsedAndThere() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.(jte|java)")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    List<String> quoted =
        Pattern.compile("\"([a-z_]+(?:\\.[a-z_0-9]+)*\\.?)\"")
            .matcher(sources)
            .results()
            .map(match -> match.group(1))
            .toList();
    List<String> unused = new ArrayList<>(texts("en").stringPropertyNames());
    unused.removeIf(
        key ->
            quoted.stream()
                .anyMatch(
                    text -> key.equals(text) || key.startsWith(text.replaceFirst("\\.?$", "."))));
    assertThat(unused).isEmpty();
    assertThat(Pattern.compile("say\\(\"([a-z_.0-9]+)\"[,)]").matcher(sources).results())
        .hasSizeGreaterThan(100)
        .allSatisfy(match -> assertThat(texts("en")).containsKey(match.group(1)));
  }

  @Test
  void everyReasonToRejectIsWorded() throws IOException {
    List<String> codes =
        Files.readAllLines(Path.of("../docs/reject-codes.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> "reject." + line.replaceAll("^\\| `|`.*", ""))
            .toList();
    assertThat(texts("en").stringPropertyNames().stream().filter(key -> key.startsWith("reject.")))
        .containsExactlyInAnyOrderElementsOf(codes);
  }

  private static Properties texts(String language) throws IOException {
    Properties texts = new Properties();
    try (var in =
        Files.newBufferedReader(RESOURCES.resolve("dashboard_" + language + ".properties"))) {
      texts.load(in);
    }
    return texts;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fr-CA,en;q=.5 | | fr",
        "de | | en",
        "- | | en",
        "fr | en | en",
        "en | fr | fr",
        "fr | xx | fr"
      })
  void theChosenLanguageGoesBeforeTheLikedOne(String liked, String chosen, String expected) {
    HttpRequest.Builder request = server.request("/").header("Accept-Language", liked);
    if (chosen != null) {
      request.header("Cookie", "trendflow_language=" + chosen);
    }
    assertThat(server.send(request).body()).contains("<html lang=\"" + expected + "\">");
  }

  @Test
  void everyPageIsWhollyFrench() {
    for (String path : List.of("/", "/products/20000?market=uk", "/trends", "/model", "/data")) {
      String page = server.get(path, "Accept-Language", "fr").body();
      assertThat(page).contains("<html lang=\"fr\">", "Aujourd’hui", "31 août 2011");
    }
    assertThat(server.get("/", "Accept-Language", "fr").body())
        .contains(
            "Les recherches augmentent",
            "intérêt de recherche en hausse de 38\u00a0% en 4 semaines (Google Trends : lantern)");
  }

  @Test
  void aChoiceIsRemembered() {
    HttpResponse<String> response = choose("language=fr&back=%2Ftrends%3Fsource%3Dgoogle_trends");
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).hasValue("/trends?source=google_trends");
    assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("trendflow_language=fr;")
        .containsIgnoringCase("samesite=lax");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "back=https%3A%2F%2Fexample.com",
        "back=%2F%2Fexample.com",
        "back=%2F%5Cexample.com",
        "back=%2Fa%0D%0ASet-Cookie%3Aa%3Db",
        "back=%2F%25",
        ""
      })
  void aChoiceLeadsNowhereElse(String back) {
    HttpResponse<String> response = choose("language=fr&" + back);
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location").orElseThrow())
        .startsWith("/")
        .doesNotContain("example");
  }

  private static HttpResponse<String> choose(String form) {
    return server.send(
        server
            .request("/language")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }
}
