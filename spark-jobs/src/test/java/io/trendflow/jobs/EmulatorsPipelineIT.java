package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Raw files in Cloud Storage to scores in BigQuery, against the emulators, beside the same on files
 * with the same model. One job runs by spark-submit, which proves the class path: {@code score}
 * reads and writes rows by BigQuery's connector and reads the model's file from Cloud Storage.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class EmulatorsPipelineIT {
  private static final Emulators EMULATORS = Emulators.start();
  private static final SparkSession SPARK = EMULATORS.told(SharedSpark.session());

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static JobContext cloud;

  @SuppressWarnings("NullAway.Init")
  private static JobContext files;

  @BeforeAll
  static void runAllJobs(@TempDir Path folder) throws Exception {
    SampleShop shop =
        SampleShop.generate(folder, new RetailSettings(5, 100, 365, LocalDate.parse("2026-06-30")));
    shop.keepMonths(6);
    EmulatedShop emulated = EmulatedShop.of(EMULATORS, SPARK, shop, SampleShop.FEW_TREES);
    cloud = emulated.context();
    assertThat(Ingest.run(cloud, false).alreadyDone()).isFalse();
    assertThat(Train.run(cloud, Optional.empty(), false).alreadyDone()).isFalse();
    var unused = ModelsCommand.promote(cloud, onlyModel());
    String said =
        SparkSubmit.installed()
            .run(Score.class, folder, EMULATORS.javaOptions(), emulated.arguments());
    assertThat(said).startsWith("{\"job\":\"score\",");

    files = shop.context(SampleShop.FEW_TREES);
    assertThat(Ingest.run(files, false).alreadyDone()).isFalse();
    copyModel();
    assertThat(Score.run(files, Optional.empty(), false, false).modelId()).isEqualTo(onlyModel());
  }

  @AfterAll
  static void stopEmulators() {
    EMULATORS.close();
  }

  @Test
  void theTablesAreEqual() {
    for (Table table : List.of(Table.DAILY_SALES, Table.CATALOG, Table.SIGNALS)) {
      assertThat(cloud.store().read(table).count()).isEqualTo(files.store().read(table).count());
    }
    assertThat(EmulatedShop.rows(cloud, Table.SCORES))
        .hasSizeGreaterThan(100)
        .containsExactlyInAnyOrderElementsOf(EmulatedShop.rows(files, Table.SCORES));
    assertThat(EmulatedShop.rows(cloud, Table.PRODUCT_KEYWORDS))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(EmulatedShop.rows(files, Table.PRODUCT_KEYWORDS));
  }

  @Test
  void theServiceAnswersTheSame() throws Exception {
    StoreConfig store = cloud.config().store();
    Map<String, String> settings = new HashMap<>(EMULATORS.ofTheService());
    settings.put("trendflow.store.project", String.valueOf(store.project()));
    settings.put("trendflow.store.dataset-prefix", String.valueOf(store.datasetPrefix()));
    settings.put("trendflow.store.artifacts", store.files());
    try (ServedStore bigQuery = ServedStore.start(settings);
        ServedStore folder = ServedStore.start(Path.of(files.config().store().files()))) {
      String best = "/api/v1/recommendations?limit=50";
      JsonNode items = folder.get(best).path("items");
      assertThat(items.size()).isEqualTo(50);
      String product = "/api/v1/products/" + items.path(0).path("product_id").asText();
      for (String path : List.of(best, product)) {
        assertThat(comparable(bigQuery.get(path))).isEqualTo(comparable(folder.get(path)));
      }
    }
  }

  /** Removes ids and times of runs and what is made of them; rounds numbers to two decimals. */
  private static JsonNode comparable(JsonNode answer) {
    if (answer instanceof ObjectNode object) {
      object.remove(List.of("run_id", "published_at", "next_cursor"));
      object.properties().forEach(field -> field.setValue(comparable(field.getValue())));
    } else if (answer instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, comparable(array.get(i)));
      }
    } else if (answer.isNumber()) {
      return DoubleNode.valueOf(Math.round(answer.asDouble() * 100) / 100.0);
    }
    return answer;
  }

  private static String onlyModel() {
    return cloud.store().read(Table.MODELS).select("model_id").distinct().head().getString(0);
  }

  // The folder's store gets the same model with its events.
  private static void copyModel() {
    TableStore from = cloud.store();
    String backtest = from.read(Table.BACKTEST).select("backtest_id").head().getString(0);
    var unused = files.store().append(Table.BACKTEST, backtest, from.read(Table.BACKTEST));
    for (String event : from.batches(Table.MODELS)) {
      files.store().commit(Table.MODELS, event, from.read(Table.MODELS, event));
    }
    String path = ArtifactStore.path(onlyModel(), "model.json");
    assertThat(files.artifacts().write(onlyModel(), "model.json", cloud.artifacts().read(path)))
        .isEqualTo(path);
  }
}
