package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.web.CallerAccessTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start-up errors of the program: exit code 1 and a one-sentence message. */
class ApplicationTest {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  ApplicationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aFolderThatIsNotThere() throws Exception {
    assertRefused("--trendflow.store.path=" + folder.resolve("nix"))
        .startsWith("The store folder '" + folder.resolve("nix") + "' does not exist: set");
  }

  @Test
  void noFolder() throws Exception {
    assertRefused().startsWith("trendflow.store.path is not set: set TRENDFLOW_STORE_PATH");
  }

  @Test
  void aFolderAndAProject() throws Exception {
    assertRefused(
            "--trendflow.store.path=" + folder,
            "--trendflow.store.project=shop",
            "--trendflow.store.artifacts=gs://shop-artifacts")
        .startsWith("Both trendflow.store.path and trendflow.store.project are set: keep only");
  }

  @Test
  void aProjectWithoutModelFiles() throws Exception {
    assertRefused("--trendflow.store.project=shop")
        .startsWith("trendflow.store.artifacts is '': set TRENDFLOW_STORE_ARTIFACTS to the folder");
  }

  @Test
  void aProjectWithoutAnAccount() throws Exception {
    environment.put("TRENDFLOW_STORE_PROJECT", "shop");
    environment.put("TRENDFLOW_STORE_DATASET_PREFIX", "");
    environment.put("TRENDFLOW_STORE_ARTIFACTS", "gs://shop-artifacts");
    environment.put("TRENDFLOW_STORE_MAX_GIGABYTES_BILLED", "5");
    environment.put("NO_GCE_CHECK", "true");
    environment.put("CLOUDSDK_CONFIG", folder.toString());
    assertRefused()
        .startsWith(
            "The service has no credentials for Google Cloud: Your default credentials were not");
  }

  @Test
  void aCapThatIsNone() throws Exception {
    assertRefused(
            "--trendflow.store.project=shop",
            "--trendflow.store.artifacts=gs://shop-artifacts",
            "--trendflow.store.max-gigabytes-billed=0")
        .startsWith("trendflow.store.max-gigabytes-billed is 0: set");
  }

  @Test
  void anAddressThatOthersReachWithoutKeys() throws Exception {
    assertRefused("--trendflow.store.path=" + folder, "--micronaut.server.host=0.0.0.0")
        .startsWith("The service would listen on 0.0.0.0, which other machines can reach, without");
  }

  @Test
  void aKeyWithoutItsHash() throws Exception {
    assertRefused("--trendflow.store.path=" + folder, "--trendflow.api-keys.shop.hash=secret")
        .startsWith("trendflow.api-keys.shop.hash is not a SHA-256 hash in hexadecimal");
  }

  @Test
  void twoKeysOfOneHash() throws Exception {
    String hash = CallerAccessTest.sha256("key");
    assertRefused(
            "--trendflow.store.path=" + folder,
            "--trendflow.api-keys.a.hash=" + hash,
            "--trendflow.api-keys.b.hash=" + hash)
        .startsWith("trendflow.api-keys.a and trendflow.api-keys.b have the same hash")
        .doesNotContain(hash);
  }

  @Test
  void aSettingThatIsMisspelt() throws Exception {
    assertRefused(
            "--trendflow.store.path=" + folder,
            "--trendflow.api-keys.uk.hash=" + CallerAccessTest.sha256("key"),
            "--trendflow.api-keys.uk.market=uk")
        .isEqualToIgnoringNewLines(
            "trendflow.api-keys.uk.market is not a setting of the service: did you mean"
                + " trendflow.api-keys.uk.markets?");
  }

  @Test
  void aSettingThatIsMisspeltInAFile() throws Exception {
    Path file = folder.resolve("service.properties");
    Files.writeString(file, "trendflow.sesion-secret=" + "s".repeat(32) + "\n");
    environment.put("MICRONAUT_CONFIG_FILES", file.toString());
    assertRefused("--trendflow.store.path=" + folder)
        .startsWith("trendflow.sesion-secret is not a setting")
        .contains("did you mean trendflow.session-secret?");
  }

  @Test
  void aVariableThatIsMisspelt() throws Exception {
    environment.put("TRENDFLOW_TRAIN_TREES", "5"); // of the jobs
    environment.put("TRENDFLOW_RAW_PATH", "raw");
    environment.put("TRENDFLOW_STORE_LOCATION", "EU");
    environment.put("TRENDFLOW_HEAP", "3g");
    environment.put("TRENDFLOW_MAX_AGE_SOURCES_GOOGLE_TRENDS", "14");
    environment.put("TRENDFLOW_SESION_SECRET", "s".repeat(32));
    assertRefused("--trendflow.store.path=" + folder)
        .startsWith("TRENDFLOW_SESION_SECRET is not a setting")
        .contains("did you mean TRENDFLOW_SESSION_SECRET?");
  }

  @Test
  void aPrefixThatIsMisspelt() throws Exception {
    assertRefused("--trendflow.store.path=" + folder, "--trendfow.api-keys.uk.markets=uk")
        .startsWith("trendfow.api-keys.uk.markets is not a setting");
  }

  @Test
  void marketsThatAreEmpty() throws Exception {
    assertRefused(
            "--trendflow.store.path=" + folder,
            "--trendflow.api-keys.uk.hash=" + CallerAccessTest.sha256("key"),
            "--trendflow.api-keys.uk.markets=")
        .startsWith("trendflow.api-keys.uk.markets is empty: list markets");
  }

  @Test
  void marketsThatAreEmptyInTheEnvironment() throws Exception {
    environment.put("TRENDFLOW_API_KEYS_UK_HASH", CallerAccessTest.sha256("key"));
    environment.put("TRENDFLOW_API_KEYS_UK_MARKETS", "");
    assertRefused("--trendflow.store.path=" + folder)
        .startsWith("TRENDFLOW_API_KEYS_UK_MARKETS is empty: list markets");
  }

  @Test
  void aMarketWithoutAName() throws Exception {
    assertRefused(
            "--trendflow.store.path=" + folder,
            "--trendflow.api-keys.uk.hash=" + CallerAccessTest.sha256("key"),
            "--trendflow.api-keys.uk.markets=fr, ,uk")
        .startsWith("trendflow.api-keys.uk.markets lacks a name");
  }

  @Test
  void aSecretThatIsTooShort() throws Exception {
    assertRefused("--trendflow.store.path=" + folder, "--trendflow.session-secret=short")
        .startsWith(
            "trendflow.session-secret has 5 characters: set TRENDFLOW_SESSION_SECRET to 32");
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertRefused("--trendflow.store.path=" + folder, "--micronaut.server.port=" + port)
          .startsWith("The service can't listen on 127.0.0.1:" + port + ": stop the program");
    }
  }

  @Test
  void aPortThatIsNoNumber() throws Exception {
    assertRefused("--trendflow.store.path=" + folder, "--micronaut.server.port=eighty")
        .startsWith("Error resolving property value [micronaut.server.port].")
        .contains("eighty");
  }

  private AbstractStringAssert<?> assertRefused(String... args)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        Stream.concat(
                Stream.of(
                    java.toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Application.class.getName()),
                Stream.of(args))
            .toList();
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().remove("GOOGLE_APPLICATION_CREDENTIALS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(errors).content().as("standard error").hasLineCount(1);
    return assertThat(Files.readString(errors));
  }
}
