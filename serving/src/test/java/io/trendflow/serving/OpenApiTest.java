package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Table;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the description of the API changes only on purpose, is complete, and is what the
 * service serves.
 */
class OpenApiTest {
  private static final Path GOLDEN = Path.of("../docs/openapi.yml");

  /** Requests whose answers are the examples, by path; a path without an entry is requested. */
  private static final Map<String, String> REQUESTS =
      Map.of(
          "/api/v1/products/{id}", "/api/v1/products/20000?market=uk",
          "/api/v1/products/{id}/history", "/api/v1/products/20000/history?market=uk&weeks=2",
          "/api/v1/products/{id}/similar", "/api/v1/products/20000/similar?market=uk&limit=1",
          "/api/v1/products/{id}/launches", "/api/v1/products/20000/launches?market=uk",
          "/api/v1/sales", "/api/v1/sales?category=Lighting&market=uk",
          "/api/v1/orders", "/api/v1/orders?market=uk",
          "/api/v1/outcomes/{id}", "/api/v1/outcomes/r-judged",
          "/api/v1/quality", "", // has the age on the day of the test
          "/api/v1/decisions", ""); // has the time of the test

  @Test
  void theDescriptionIsTheOneInDocs(@TempDir Path folder) throws IOException {
    StoreFolder store = Shop.publish(new StoreFolder(folder));
    Shop.judge(store, "m1", "r-judged", 35);
    try (TestServer server = new TestServer(store)) {
      String generated = ApiDescription.yaml(path -> example(server, path));
      if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
        Files.writeString(GOLDEN, generated);
      } else {
        assertThat(server.get(ApiDescription.ADDRESS).body()).isEqualTo(golden());
      }
      assertThat(ApiDescription.YAML.readTree(generated))
          .as("run `make docs` if the change is meant")
          .isEqualTo(description());
    }
  }

  private static String example(TestServer server, String path) {
    String request = REQUESTS.getOrDefault(path, path);
    return request.isEmpty() ? "" : server.get(request).body();
  }

  private static String golden() throws IOException {
    return Files.readString(GOLDEN);
  }

  private static JsonNode description() throws IOException {
    return ApiDescription.YAML.readTree(golden());
  }

  @Test
  void successStandsFirstAndJsonBeforeOtherMediaTypes() throws IOException {
    ApiDescription.operations(
        description(),
        (path, operation) -> {
          List<String> codes = new ArrayList<>();
          operation.get("responses").fieldNames().forEachRemaining(codes::add);
          assertThat(codes).as(path).isSorted();
          JsonNode success = operation.get("responses").get(codes.get(0));
          assertThat(codes.get(0)).as(path).startsWith("2");
          assertThat(success.get("content").fieldNames().next())
              .as(path)
              .isEqualTo("application/json");
          assertThat(success.get("description").asText()).as(path).doesNotContain("response");
        });
  }

  @Test
  void operationsHaveIdsOfTheirOwn() throws IOException {
    List<String> ids = new ArrayList<>();
    ApiDescription.operations(
        description(), (path, operation) -> ids.add(operation.get("operationId").asText()));
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+([A-Z][a-z]+)+"));
    assertThat(ids).contains("listRecommendations");
    assertThat(description().at("/paths/~1api~1v1~1recommendations/get/summary").asText())
        .isEqualTo(
            "Returns recommendations of the latest or an earlier run, the most promising first.");
  }

  @Test
  void everyPropertyIsDescribedAndRequiredUnlessItMayBeNull() throws IOException {
    List<String> wrong = new ArrayList<>();
    description()
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              List<String> required = new ArrayList<>();
              schema.getValue().path("required").forEach(name -> required.add(name.asText()));
              boolean partial =
                  schema.getKey().equals("ListedScore") || schema.getKey().endsWith("Request");
              schema
                  .getValue()
                  .path("properties")
                  .properties()
                  .forEach(
                      property -> {
                        String name = schema.getKey() + "." + property.getKey();
                        if (property.getValue().path("description").asText().isBlank()) {
                          wrong.add(name + " is not described");
                        }
                        boolean nullable = property.getValue().path("nullable").asBoolean();
                        if (!partial && nullable == required.contains(property.getKey())) {
                          wrong.add(name + " is " + (nullable ? "" : "not ") + "required");
                        }
                      });
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void scoresAreDescribedByTheirContract() throws IOException {
    JsonNode score = description().at("/components/schemas/Score/properties");
    Table.SCORES
        .contract()
        .fields()
        .forEach(
            field ->
                assertThat(field.description())
                    .as(field.name())
                    .startsWith(score.at("/" + field.name() + "/description").asText()));
  }

  @Test
  void clientsLearnWhereToAskAndHowToIdentify() throws IOException {
    JsonNode description = description();
    assertThat(description.at("/servers/0/url").asText()).isEqualTo("/");
    assertThat(description.at("/components/securitySchemes/bearer/scheme").asText())
        .isEqualTo("bearer");
    assertThat(description.get("tags")).hasSize(5);
    ApiDescription.operations(
        description,
        (path, operation) -> {
          boolean timeless = !REQUESTS.getOrDefault(path, path).isEmpty();
          if (timeless && !operation.has("requestBody")) {
            assertThat(operation.at("/responses/200/content/application~1json/example").isObject())
                .as("example of " + path)
                .isTrue();
          }
        });
  }
}
