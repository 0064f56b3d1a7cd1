package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that schemathesis makes of the description of the API, right ones and wrong ones. */
class SchemathesisIT {
  private static final Path PROGRAM = Path.of("../.venv/bin/st");

  /** Values that only the data can tell; every other one is schemathesis' own. */
  private static final String SETTINGS =
      """
      seed = 1
      [generation]
      max-examples = 15
      [parameters]
      "path.id" = "20000"
      "query.market" = "uk"
      "query.category" = "Lighting"
      "query.brand" = "Brocante"
      "query.source" = "google_trends"
      "query.geo" = "GB"
      "query.fields" = "product_id"
      "query.cursor" = ""
      """;

  @Test
  void itFindsNothing(@TempDir Path folder) throws Exception {
    assertThat(PROGRAM).as("bin/require-python installs it").exists();
    Path said = folder.resolve("said.txt");
    Path settings = Files.writeString(folder.resolve("schemathesis.toml"), SETTINGS);
    StoreFolder store = Shop.publish(new StoreFolder(Files.createDirectory(folder.resolve("s"))));
    Map<String, Object> keys =
        Map.of(
            "trendflow.api-keys.test.hash",
            AccessTest.sha256("key"),
            "trendflow.api-keys.test.requests-per-minute",
            1_000_000);
    try (TestServer server = new TestServer(store, keys)) {
      Process process =
          new ProcessBuilder(
                  PROGRAM.toString(),
                  "--config-file",
                  settings.toString(),
                  "run",
                  "target/classes/META-INF/swagger/trendflow.yml",
                  "--url",
                  server.address().toString(),
                  "--checks",
                  "all",
                  "--header",
                  "X-API-Key: key")
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }
  }
}
