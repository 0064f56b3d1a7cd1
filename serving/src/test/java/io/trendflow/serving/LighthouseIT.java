package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lighthouse of the pages, on a desktop and on a slowed-down phone. */
@Tag("long")
class LighthouseIT {
  private static final String FOLDER = "target/lighthouse";

  private static final List<String> PAGES =
      List.of(
          "/",
          "/launches",
          "/slowing",
          "/products/20000?market=uk",
          "/category?category=Lighting&market=uk",
          "/brand?brand=Brocante&market=uk",
          "/compare?products=20000,20037",
          "/trends",
          "/buy?market=uk",
          "/results",
          "/model",
          "/data");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path store, @TempDir Path logs) throws Exception {
    new ExternalProgram(logs)
        .run(10, "../bin/require-node", "serving/src/test/lighthouse", "serving/" + FOLDER);
    StoreFolder shop = Shop.publish(new StoreFolder(store));
    Shop.judge(shop, "m1", "r-judged", 35);
    server = new TestServer(shop);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  static Stream<Arguments> looks() {
    return PAGES.stream()
        .flatMap(page -> Stream.of(Arguments.of(page, true), Arguments.of(page, false)));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void everyPageIsFastAndAccessible(String page, boolean desktop, @TempDir Path folder)
      throws Exception {
    Path report = folder.resolve("report.json");
    List<String> command =
        new ArrayList<>(
            List.of(
                FOLDER + "/node_modules/.bin/lighthouse",
                server.address() + page,
                "--quiet",
                "--chrome-flags=--headless --no-sandbox --disable-gpu",
                "--only-categories=performance,accessibility,best-practices",
                "--output=json",
                "--output-path=" + report));
    if (desktop) {
      command.add("--preset=desktop");
    }
    String chromium = Objects.requireNonNullElse(System.getenv("CHROMIUM"), "/usr/bin/chromium");
    new ExternalProgram(folder)
        .run(3, Map.of("CHROME_PATH", chromium), command.toArray(String[]::new));
    JsonNode said = new ObjectMapper().readTree(report.toFile());
    assertThat(score(said, "accessibility")).as("accessibility").isEqualTo(1);
    assertThat(score(said, "best-practices")).as("best practices").isEqualTo(1);
    assertThat(said.at("/audits/cumulative-layout-shift/numericValue").asDouble())
        .as("layout shift")
        .isLessThanOrEqualTo(.05);
    assertThat(score(said, "performance"))
        .as("performance")
        .isGreaterThanOrEqualTo(desktop ? .95 : .9);
  }

  private static double score(JsonNode said, String category) {
    return said.at("/categories/" + category + "/score").asDouble();
  }
}
