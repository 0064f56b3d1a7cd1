package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malicious requests, and a store that is damaged while the service runs. */
class HostileInputTest {
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "/api/v1/recommendations",
          List.of(
              "market",
              "category",
              "brand",
              "lifecycle",
              "min_potential",
              "q",
              "sort",
              "limit",
              "cursor",
              "fields",
              "as_of",
              "run_id"),
          "/api/v1/changes",
          List.of("since", "market", "first"),
          "/api/v1/products/20000",
          List.of("market"),
          "/api/v1/products/20000/history",
          List.of("market", "weeks"),
          "/api/v1/products/20000/similar",
          List.of("market", "limit"),
          "/api/v1/trends",
          List.of("source", "keyword", "category", "geo", "order", "limit", "cursor"),
          "/api/v1/categories",
          List.of("market"),
          "/api/v1/brands",
          List.of("market"),
          "/api/v1/runs",
          List.of("limit"));

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new TestServer(Shop.publish(new StoreFolder(folder)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%27%20OR%201%3D1--",
        "%27%3B%20DROP%20TABLE%20t%3B--",
        "..%2F..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2f",
        "%FF%FE",
        "%C0%AF",
        "a%00b",
        "-1",
        "99999999999999999999",
        "1e400",
        "NaN",
        "%24%7Bjndi%3Aldap%3A%2F%2Fx%7D",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "\u00E9",
      })
  void noValueOfAnyParameterDoesHarm(String value) {
    PARAMETERS.forEach(
        (path, names) -> {
          for (String name : names) {
            HttpResponse<String> response = server.get(path + "?" + name + "=" + value);
            assertThat(response.statusCode()).as("%s %s", path, name).isIn(200, 400, 404);
            if (response.statusCode() == 400) {
              assertThat(TestServer.json(response).get("parameter").asText()).isEqualTo(name);
            }
            assertThat(response.body()).doesNotContain("Exception", "root:", "SELECT");
          }
        });
  }

  @Test
  void aLongValueOfAnyParameterIsRefused() {
    PARAMETERS.forEach(
        (path, names) -> {
          for (String name : names) {
            String query = path + "?" + name + "=";
            assertThat(server.get(query + "a".repeat(2000)).statusCode()).isEqualTo(400);
            assertThat(server.get(query + "a".repeat(10_000)).statusCode()).isEqualTo(413);
          }
        });
    assertThat(server.get("/api/v1/products/" + "a".repeat(2000)).statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/products/" + "a".repeat(10_000)).statusCode()).isEqualTo(413);
    assertThat(server.get("/api/v1/runs", "X-API-Key", "a".repeat(10_000)).statusCode())
        .isEqualTo(413);
    assertThat(
            server
                .post("/api/v1/products:lookup", "{\"ids\": [\"" + "a".repeat(10_000) + "\"]}")
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "-99999999999999999999", "2147483648", "501", "1.5", "+1"})
  void aLimitBeyondItsRangeIsRefused(String limit) {
    for (String path :
        List.of(
            "/api/v1/recommendations",
            "/api/v1/products/20000/similar",
            "/api/v1/trends",
            "/api/v1/runs")) {
      HttpResponse<String> response = server.get(path + "?limit=" + limit);
      assertThat(response.statusCode()).as(path).isEqualTo(400);
      assertThat(TestServer.json(response).get("detail").asText())
          .startsWith("Parameter 'limit' can't be '");
    }
  }

  @Test
  void aFolderThatIsDeletedIsSaidAndTheListsStay(@TempDir Path folder) throws Exception {
    Path path = Files.createDirectory(folder.resolve("store"));
    try (TestServer bereft = new TestServer(Shop.publish(new StoreFolder(path)))) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      bereft.refresh();
      HttpResponse<String> list = bereft.get("/api/v1/recommendations");
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).contains("\"degraded\":true", "The store folder no longer exists.");
      assertThat(bereft.get("/health/readiness").statusCode()).isEqualTo(200);
      assertThat(bereft.get("/api/v1/products/20000").statusCode()).isEqualTo(200);
      assertThat(bereft.get("/api/v1/products/20000/history?market=uk").statusCode())
          .isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%27%20OR%201%3D1--", "..%2F..%2Fprediction", "%FF", "%00", "*"})
  void aForgedIdIsNotFound(String id) {
    for (String route : List.of("", "/history", "/similar", "/launches")) {
      assertThat(server.get("/api/v1/products/" + id + route).statusCode()).isIn(400, 404);
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    String ids = "\"" + "a".repeat(1 << 20) + "\"";
    assertThat(server.post("/api/v1/products:lookup", "{\"ids\": [" + ids + "]}").statusCode())
        .isEqualTo(413);
  }

  @Test
  void aSlowClientHoldsUpNobody() throws Exception {
    try (Socket slow = new Socket(server.address().getHost(), server.address().getPort());
        OutputStream out = slow.getOutputStream();
        InputStream in = slow.getInputStream()) {
      out.write(
          "GET /api/v1/recommendations?limit=500 HTTP/1.1\r\nHost: localhost\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(server.get("/api/v1/recommendations?limit=500").statusCode()).isEqualTo(200);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(in.read()).isEqualTo('H');
    }
  }

  @Test
  void aPartOfTheStoreThatIsBrokenIsSaidAndTheRestServed(@TempDir Path folder) throws Exception {
    StoreFolder store = Shop.publish(new StoreFolder(folder));
    Files.writeString(store.file(Table.CATALOG, Shop.INGEST), "not a Parquet file");
    try (TestServer partly = new TestServer(store)) {
      HttpResponse<String> product = partly.get("/api/v1/products/20000?market=uk");
      assertThat(product.body())
          .contains("The catalogue can't be read: ", "\"catalog\":null", "\"rank\":")
          .contains("\"degraded\":true");

      Path sales = folder.resolve(TableLayout.folder(Table.DAILY_SALES, Shop.INGEST));
      try (var files = Files.list(sales)) {
        for (Path file : files.toList()) {
          Files.writeString(file, "not one either");
        }
      }
      HttpResponse<String> history = partly.get("/api/v1/products/20000/history?market=uk");
      assertThat(history.statusCode()).isEqualTo(503);
      assertThat(TestServer.json(history).get("detail").asText())
          .startsWith("The history can't be read: ")
          .doesNotContain(folder.toString());
    }
  }
}
