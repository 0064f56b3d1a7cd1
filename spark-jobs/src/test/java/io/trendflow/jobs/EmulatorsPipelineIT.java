package io.trendflow.jobs;

import static org.apache.spark.sql.functions.round;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.CommitView;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
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
  private static final Path PLACE = Path.of("../conf/emulators.yaml");

  // Enough for a model, not for a good one.
  private static final List<String> SETS =
      List.of("train.cutoffs=3", "train.origins=[2026-05-03]", "train.trees=3", "train.depth=3");

  private static final List<String> OF_A_RUN = List.of("run_id");

  private static final Emulators EMULATORS = Emulators.start();
  private static final SparkSession SPARK = EMULATORS.told(SharedSpark.session());

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static JobContext cloud;

  @SuppressWarnings("NullAway.Init")
  private static JobContext files;

  @BeforeAll
  static void runAllJobs(@TempDir Path temp) throws Exception {
    folder = temp;
    SampleShop shop =
        SampleShop.generate(folder, new RetailSettings(5, 100, 365, LocalDate.parse("2026-06-30")));
    shop.keepMonths(6);
    Path config = configuration();
    EMULATORS.makeBucket("trendflow");
    copyToBucket(shop.folder().resolve("raw"));
    cloud = context(config);

    makeTables(config);
    assertThat(Ingest.run(cloud, false).alreadyDone()).isFalse();
    assertThat(Train.run(cloud, Optional.empty(), false).alreadyDone()).isFalse();
    var unused = ModelsCommand.promote(cloud, onlyModel());
    score(config);

    files = shop.context(SETS.toArray(String[]::new));
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
    assertThat(rows(cloud, Table.SCORES))
        .hasSizeGreaterThan(100)
        .containsExactlyInAnyOrderElementsOf(rows(files, Table.SCORES));
    assertThat(rows(cloud, Table.PRODUCT_KEYWORDS))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(rows(files, Table.PRODUCT_KEYWORDS));
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

  // The shop, in the bucket that conf/emulators.yaml names, on the ports of this test's emulators.
  private static Path configuration() throws IOException {
    String shop = Files.readString(SampleShop.CONFIG).replaceAll("(?m)^(raw|store): .*$", "");
    Path config = folder.resolve("shop.yaml");
    return Files.writeString(config, EMULATORS.here(Files.readString(PLACE)) + shop);
  }

  private static void makeTables(Path config) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code =
        new JobLauncher(Map.of(), out, out)
            .run(new Tables(), "create", "--config", config.toString());
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(JobLauncher.DONE);
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSize(Table.values().length + CommitView.values().length);
  }

  private static void score(Path config) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    SETS.forEach(set -> arguments.addAll(List.of("--set", set)));
    String said =
        SparkSubmit.installed().run(Score.class, folder, EMULATORS.javaOptions(), arguments);
    assertThat(said).startsWith("{\"job\":\"score\",");
  }

  private static void copyToBucket(Path raw) throws IOException {
    org.apache.hadoop.fs.Path to = new org.apache.hadoop.fs.Path("gs://trendflow/raw");
    FileSystem bucket = to.getFileSystem(SPARK.sessionState().newHadoopConf());
    bucket.copyFromLocalFile(new org.apache.hadoop.fs.Path(raw.toUri()), to);
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

  // Rows as texts without the columns of the run; numbers have two decimals.
  private static List<String> rows(JobContext context, Table table) {
    Column[] columns =
        Arrays.stream(SparkSchemas.of(table).fields())
            .filter(field -> !OF_A_RUN.contains(field.name()))
            .map(EmulatorsPipelineIT::rounded)
            .toArray(Column[]::new);
    return context.store().read(table).select(columns).collectAsList().stream()
        .map(Row::json)
        .toList();
  }

  private static Column rounded(StructField field) {
    Column column = functions.col(field.name());
    return field.dataType().equals(DataTypes.DoubleType)
        ? round(column, 2).as(field.name())
        : column;
  }

  private static JobContext context(Path config) {
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(
        SPARK, JobConfig.load(config, Map.of(), SETS), progress, Clock.systemUTC());
  }
}
