package io.trendflow.serving;

import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.CallerAccessTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Valid and invalid requests that schemathesis derives from the description of the API. */
class SchemathesisIT {
  private static final String VENV = "serving/target/venv";

  /** Values that depend on the data; schemathesis makes up all others. */
  private static final String SETTINGS =
      """
      seed = 1
      [checks]
      enabled = true
      [generation]
      max-examples = 20
      [parameters]
      "path.id" = "20000"
      "query.market" = "uk"
      "query.category" = "Lighting"
      "query.brand" = "Brocante"
      "query.supplier" = "Maison Lumière"
      "query.source" = "google_trends"
      "query.geo" = "GB"
      "query.fields" = "product_id"
      "query.sort" = "growth"
      "query.cursor" = "%s"
      "query.run_id" = "r0"
      [[operations]]
      include-path = "/api/v1/trends"
      [operations.parameters]
      "query.order" = "rising"
      "query.cursor" = "%s"
      # GET of such a path asks for a product whose id ends with ":whatif". The markets of a body depend on the data.
      [[operations]]
      include-path = "/api/v1/products/{id}:whatif"
      [operations.checks]
      allow_header_conformance.enabled = false
      positive_data_acceptance.enabled = false
      """;

  private final Path folder;

  SchemathesisIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itFindsNothing() throws Exception {
    ExternalProgram program = new ExternalProgram(folder);
    program.run(10, "../bin/require-python", "serving/src/test/python/requirements.txt", VENV);
    StoreFolder store = Shop.publish(new StoreFolder(Files.createDirectory(folder.resolve("s"))));
    Map<String, Object> keys =
        Map.of(
            "trendflow.max-age.run", 100_000,
            "trendflow.api-keys.test.hash", CallerAccessTest.sha256("key"),
            "trendflow.api-keys.test.requests-per-minute", 1_000_000);
    try (TestServer server = new TestServer(store, keys)) {
      Path settings =
          Files.writeString(
              folder.resolve("schemathesis.toml"),
              SETTINGS.formatted(
                  cursor(server, "recommendations?limit=1&sort=growth"),
                  cursor(server, "trends?limit=1")));
      program.run(
          5,
          "../" + VENV + "/bin/st",
          "--config-file",
          settings.toString(),
          "run",
          "../docs/openapi.yml",
          "--url",
          server.address().toString(),
          "--header",
          "X-API-Key: key");
    }
  }

  private static String cursor(TestServer server, String list) {
    return TestServer.json(server.get("/api/v1/" + list, "X-API-Key", "key"))
        .get("next_cursor")
        .asText();
  }
}
