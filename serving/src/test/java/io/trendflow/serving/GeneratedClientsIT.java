package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.CallerAccessTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that openapi-generator makes of the description of the API, calling every route, and the
 * Python SDK of the Model Context Protocol, calling every tool.
 */
class GeneratedClientsIT {
  private static final String CLIENTS = "src/test/clients/";
  private static final String VENV = "target/clients-venv";
  private static final String TYPESCRIPT = "target/typescript";

  private static TestServer server;

  private final Path folder;
  private final ExternalProgram program;

  GeneratedClientsIT(@TempDir Path folder) {
    this.folder = folder;
    this.program = new ExternalProgram(folder);
  }

  @BeforeAll
  static void start(@TempDir Path store, @TempDir Path logs) throws Exception {
    new ExternalProgram(logs)
        .run(
            10,
            "../bin/require-python",
            "serving/" + CLIENTS + "requirements.txt",
            "serving/" + VENV);
    StoreFolder shop = Shop.publish(new StoreFolder(store));
    Shop.judge(shop, "m1", "r-judged", 35);
    server =
        new TestServer(
            shop,
            Map.of(
                "trendflow.max-age.run",
                100_000,
                "trendflow.api-keys.all.hash",
                CallerAccessTest.sha256("all-key"),
                "trendflow.api-keys.all.write",
                true,
                "trendflow.api-keys.uk.hash",
                CallerAccessTest.sha256("uk-key"),
                "trendflow.api-keys.uk.markets",
                "uk"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void pythonCallsEveryRoute() throws Exception {
    generate("python", folder, "--package-name", "trendflow_client");
    assertThat(
            program.run(
                1,
                Map.of("PYTHONPATH", folder.toString()),
                VENV + "/bin/python",
                CLIENTS + "call_every_route.py",
                server.address().toString(),
                "all-key",
                "uk-key"))
        .containsExactlyInAnyOrderElementsOf(operations());
  }

  @Test
  void typescriptCallsEveryRoute() throws Exception {
    program.run(5, "../bin/require-node", "serving/" + CLIENTS, "serving/" + TYPESCRIPT);
    generate("typescript-fetch", folder.resolve("client"));
    Path main = Files.copy(Path.of(CLIENTS, "call-every-route.ts"), folder.resolve("main.ts"));
    program.run(
        2,
        TYPESCRIPT + "/node_modules/.bin/tsc",
        "--strict",
        "--target",
        "es2022",
        "--module",
        "commonjs",
        "--typeRoots",
        Path.of(TYPESCRIPT, "node_modules/@types").toAbsolutePath().toString(),
        "--types",
        "node",
        main.toString());
    assertThat(
            program.run(
                1,
                "node",
                folder.resolve("main.js").toString(),
                server.address().toString(),
                "all-key",
                "uk-key"))
        .containsExactlyInAnyOrderElementsOf(operations());
  }

  @Test
  void anAgentCallsEveryTool() throws Exception {
    program.run(
        1,
        VENV + "/bin/python",
        CLIENTS + "call_mcp.py",
        server.address().toString(),
        "all-key",
        "uk-key");
  }

  private void generate(String language, Path output, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                VENV + "/bin/openapi-generator-cli",
                "generate",
                "-g",
                language,
                "-i",
                "../docs/openapi.yml",
                "-o",
                output.toString()));
    command.addAll(List.of(options));
    program.run(2, command.toArray(String[]::new));
  }

  private static List<String> operations() throws IOException {
    List<String> ids = new ArrayList<>();
    ApiDescription.operations(
        ApiDescription.YAML.readTree(Files.readString(Path.of("../docs/openapi.yml"))),
        (path, operation) -> ids.add(operation.get("operationId").asText()));
    return ids;
  }
}
