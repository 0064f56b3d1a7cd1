package io.trendflow.serving.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Table;
import io.trendflow.serving.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the service keeps its run while BigQuery refuses, and reports why. */
@Timeout(60)
class BigQueryFaultsIT {
  private static final String TABLE = "the table `trendflow.faults_%s`";
  private static final int EVERY_TIME = 1000;

  /**
   * How long a failed call is retried: tests wait for it to end, but it is long enough for a
   * response on a busy machine.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static Emulators emulators;
  private static BigQueryStore store;
  private static TestServer server;
  private static int published;
  private static int asked;

  @BeforeAll
  static void serve() throws IOException {
    emulators = new Emulators();
    store = Shop.publish(new BigQueryStore(emulators.store("faults_", PATIENCE)));
    server = new TestServer(store.settings());
    assertThat(served()).isEqualTo("r1");
  }

  @AfterEach
  void relent() {
    emulators.relent();
  }

  @AfterAll
  static void stop() {
    server.close();
    store.close();
    emulators.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CreateReadSession | 401 | prediction.runs | renew the application default credentials",
        "CreateReadSession | 429 | prediction.runs | a quota of Google Cloud is used up",
        "CreateReadSession | 503 | prediction.runs | Google Cloud doesn't answer (status 503)",
        "/tables/scores | 403 | prediction.scores | grant it roles/bigquery.dataViewer",
        "/tables/catalog | 503 | new_product.catalog | Google Cloud doesn't answer (status 503)",
      })
  void aLaterRunWaitsUntilItCanBeRead(String call, int status, String table, String sentence) {
    String before = served();
    String later = publishLater();
    emulators.refuse(call, status, "", EVERY_TIME);
    server.refresh();
    assertThat(served()).isEqualTo(before);
    assertThat(reasons())
        .singleElement()
        .asString()
        .contains(TABLE.formatted(table), sentence)
        .endsWith(".")
        .doesNotContain("..");

    emulators.relent();
    server.refresh();
    assertThat(served()).isEqualTo(later);
    assertThat(reasons()).isEmpty();
  }

  @Test
  void aCallThatFailsOnceIsTriedAgain() {
    String later = publishLater();
    emulators.refuse("CreateReadSession", 503, "", 1);
    server.refresh();
    assertThat(served()).isEqualTo(later);
    emulators.refuse("/queries", 503, "", 1);
    assertThat(history().statusCode()).isEqualTo(200);
  }

  @Test
  void aTableThatWasDeletedIsNamedUntilItIsThereAgain() {
    String before = served();
    store.drop(Table.SCORES);
    String later = publishLater(0);
    server.refresh();
    assertThat(served()).isEqualTo(before);
    assertThat(reasons())
        .singleElement()
        .asString()
        .contains(TABLE.formatted("prediction.scores") + " does not exist: run bin/trendflow")
        .endsWith("tables create.");

    store.create(Table.SCORES);
    store.scores(later, Samples.scores(later, 3));
    server.refresh();
    assertThat(served()).isEqualTo(later);
    assertThat(reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | bytesBilledLimitExceeded | would scan more than 1 GiB: raise trendflow.store.max",
        "403 | accessDenied | grant it roles/bigquery.dataViewer",
        "403 | quotaExceeded | a quota of Google Cloud is used up",
        "401 | authError | renew the application default credentials",
        "503 | backendError | Google Cloud doesn't answer (status 503)",
      })
  void aHistoryThatCantBeReadSaysWhy(int status, String reason, String sentence) {
    emulators.refuse("/queries", status, reason, EVERY_TIME);
    HttpResponse<String> answer = history();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(TestServer.json(answer).get("detail").asText())
        .startsWith("The history can't be read: ")
        .contains(TABLE.formatted("sales_history.daily_sales"), sentence)
        .endsWith(".");
    emulators.relent();
    assertThat(history().statusCode()).isEqualTo(200);
  }

  @Test
  void modelFilesAreReadFromCloudStorage() throws UnreadableException {
    emulators.upload("models", "faults_/m 1/model.json", "{}".getBytes(StandardCharsets.UTF_8));
    try (BigQueryWarehouse warehouse = new BigQueryWarehouse(store.config(), "")) {
      assertThat(warehouse.artifact("m 1/model.json")).asString().isEqualTo("{}");
      assertThatExceptionOfType(UnreadableException.class)
          .isThrownBy(() -> warehouse.artifact("m 2/model.json"))
          .withMessage(
              "the file gs://models/faults_/m 2/model.json does not exist: train the model again");
    }
  }

  /** Requests a history that was not requested before, because the service caches its answers. */
  private static HttpResponse<String> history() {
    return server.get("/api/v1/products/20000/history?market=uk&weeks=" + ++asked);
  }

  private static String publishLater() {
    return publishLater(3);
  }

  /**
   * Publishes a run that is later than every other, with scores of that many products per market.
   */
  private static String publishLater(int perMarket) {
    String id = "later-" + published++;
    Run run = Samples.run(id, 6);
    Duration later = Duration.ofHours(published);
    if (perMarket > 0) {
      store.scores(id, Samples.scores(id, perMarket));
    }
    store.commit(Copies.with(run, "publishedAt", run.publishedAt().plus(later)));
    return id;
  }

  private static JsonNode health() {
    return TestServer.json(server.get("/health/readiness"))
        .get("details")
        .get("run")
        .get("details");
  }

  private static String served() {
    return health().get("run_id").asText();
  }

  private static List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    health().get("degraded_reasons").forEach(reason -> reasons.add(reason.asText()));
    return reasons;
  }
}
