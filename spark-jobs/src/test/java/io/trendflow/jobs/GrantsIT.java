package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.Sample;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.PromotionDecision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the jobs read and write exactly the data that {@code terraform/access.json} grants to
 * their accounts.
 */
class GrantsIT {
  private static final Path ACCESS = Path.of("../terraform/access.json");
  private static final Path BUCKETS = Path.of("../terraform/tests/prod/buckets.json");
  private static final LocalDate END = LocalDate.parse("2026-06-30");

  // A small model, and a pattern that matches raw files inside and outside of pull folders.
  private static final List<String> SETS =
      List.of(
          "train.cutoffs=3",
          "train.origins=[2026-05-03]",
          "train.trees=2",
          "train.depth=2",
          "sources.shop_orders.files='**/orders/*.csv.gz'",
          "sources.catalogue.files='**/catalogue/products.csv'",
          "sources.google_trends.files='**/google_trends/*.csv'",
          "sources.tiktok.files='**/tiktok/*.csv'",
          "sources.stock.files='**/stock/levels.csv.gz'",
          "sources.calendar.files='**/calendar/plans.csv'");

  // A backtest whose predictions are exact, for 40 products.
  private static final List<Row> BACKTEST =
      IntStream.rangeClosed(1, 40)
          .mapToObj(
              i ->
                  Sample.of(
                          SharedSpark.session(),
                          Table.BACKTEST,
                          Map.of(
                              "product_id", "p" + i,
                              "actual_units", (double) i,
                              "expected_units", (double) i,
                              "median_units", (double) i))
                      .first())
          .toList();

  // People run Keywords and PlanCommand; Backfill and Pipeline run other jobs one after the other.
  private static final Set<String> OTHERS =
      Set.of("Backfill", "Keywords", "Pipeline", "PlanCommand");

  /** The needs of an account, in the words of Terraform. */
  private record Needs(
      Set<String> jobs, Set<String> reads, Set<String> writes, String raw, String models) {}

  private final Map<String, Set<String>> ran = new TreeMap<>();
  private final Map<String, WatchedFiles.Seen> seen = new TreeMap<>();

  private final Path folder;

  GrantsIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatTheJobsNeedIsWhatIsGranted() throws IOException {
    WatchedFiles.watchIn(SharedSpark.session().sparkContext().hadoopConfiguration());
    ingestPulls(folder.resolve("pulls"));
    trainAndScore(folder.resolve("shop"));
    tidyUp(folder.resolve("pulls"));
    tidyUp(folder.resolve("shop"));

    Map<String, Needs> observed = new TreeMap<>();
    seen.forEach((account, paths) -> observed.put(account, needs(account, paths)));
    Map<String, Needs> granted = granted();
    granted.values().removeIf(needs -> needs.jobs().isEmpty());
    assertThat(observed).isEqualTo(granted);
    assertThat(seen.values().stream().flatMap(paths -> paths.written().stream()))
        .as("nothing but the digest is written beside the store")
        .allMatch(
            path ->
                path.contains("/store/")
                    || path.endsWith("/store")
                    || path.contains("/staging/")
                    || path.endsWith("/staging"));
  }

  /**
   * Compares what the accounts may do in every bucket of the project, as a plan of Terraform has
   * it, with what the jobs do. Whoever may write to the bucket of Terraform's state can become the
   * account that applies it, and whoever may write to Composer's can run as Airflow.
   */
  @Test
  void noAccountReachesABucketThatItDoesNotNeed() throws IOException {
    Map<String, Map<String, String>> buckets =
        new ObjectMapper().readValue(BUCKETS.toFile(), new TypeReference<>() {});
    assertThat(buckets.keySet().stream().map(name -> name.replaceAll(".*-", "")))
        .containsExactlyInAnyOrder("raw", "staging", "artifacts", "terraform");
    granted()
        .forEach(
            (account, needs) -> {
              boolean job = !needs.jobs().isEmpty();
              String models =
                  needs.models().equals("write")
                      ? "read, write below-models"
                      : job || needs.models().equals("read") ? "read" : "none";
              assertThat(buckets)
                  .as(account)
                  .allSatisfy(
                      (bucket, accounts) ->
                          assertThat(accounts.getOrDefault(account, "none"))
                              .as(bucket)
                              .isEqualTo(
                                  switch (bucket.replaceAll(".*-", "")) {
                                    case "raw" -> needs.raw();
                                    case "artifacts" -> models;
                                    case "staging" ->
                                        job || account.equals("orchestrate") ? "write" : "none";
                                    default -> "none";
                                  }));
            });
  }

  @Test
  void everyJobHasAnAccount() throws IOException {
    Set<String> jobs =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.trendflow.jobs")
                .stream()
                .filter(type -> type.isAssignableTo(SparkJob.class) && !type.isInterface())
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    jobs.removeAll(OTHERS);
    assertThat(granted().values().stream().flatMap(needs -> needs.jobs().stream()))
        .containsExactlyInAnyOrderElementsOf(jobs);
  }

  // A second pull is compared with the first; a corrected configuration replays the rejects.
  private void ingestPulls(Path shop) throws IOException {
    Path whole = shop.resolve("raw");
    SampleShop.generate(shop, new RetailSettings(5, 100, 365, END).withSupply()).keepMonths(6);
    Path first = Files.createDirectories(shop.resolve("pulls/pulled_at=2026-07-01T06:00:00Z"));
    Files.delete(first);
    Files.move(whole, first);
    as("ingest", "Ingest", () -> Ingest.run(context(shop, "pulls"), false));
    Path second = shop.resolve("pulls/pulled_at=2026-07-02T06:00:00Z");
    for (String file : List.of("catalogue/products.csv", latest(first.resolve("orders")))) {
      Files.createDirectories(second.resolve(file).getParent());
      Files.copy(first.resolve(file), second.resolve(file));
    }
    as("ingest", "Ingest", () -> Ingest.run(context(shop, "pulls"), false));
    as(
        "ingest",
        "Replay",
        () ->
            Replay.run(
                context(shop, "pulls", "sources.shop_orders.max_rejected=0.02"), null, false));
  }

  private void trainAndScore(Path shop) throws IOException {
    SampleShop.generate(shop, new RetailSettings(5, 100, 365, END).withSupply()).keepMonths(6);
    Ingest.run(context(shop, "raw"), false);
    as("train", "Backtest", () -> Backtest.run(context(shop, "raw"), Optional.empty(), false));
    String model =
        as("train", "Train", () -> Train.run(context(shop, "raw"), Optional.empty(), false))
            .modelId();
    as("train", "ModelsCommand", () -> ModelsCommand.promote(context(shop, "raw"), model));
    as("train", "Train", () -> contest(context(shop, "raw")));
    Optional<LocalDate> past = Optional.of(END.minusDays(35));
    as("score", "Score", () -> Score.run(context(shop, "raw"), past, false, false));
    answerWhatIfs(shop.resolve("store/models/" + model + "/model.json"));
    String run =
        as("score", "Score", () -> Score.run(context(shop, "raw"), Optional.empty(), false, false))
            .runId();
    as("monitor", "Monitor", () -> Monitor.run(context(shop, "raw"), Optional.empty(), false));
    // A webhook makes it read earlier findings. The address is not set, so nothing is posted.
    String webhook = "alerts={min_level: warn, webhooks: {chat: {url: '${NO_SUCH_WEBHOOK}'}}}";
    as(
        "monitor",
        "Monitor",
        () -> Monitor.run(context(shop, "raw", webhook), Optional.empty(), true));
    String digest = folder.resolve("staging/digest.html").toString();
    as(
        "monitor",
        "DigestCommand",
        () -> DigestCommand.run(context(shop, "raw"), Optional.empty(), digest, List.of("en")));
    as("score", "RunsCommand", () -> RunsCommand.retract(context(shop, "raw"), run));
    as("score", "Score", () -> Score.run(context(shop, "raw"), Optional.empty(), false, false));
  }

  // A trial of eight origins would take minutes.
  private static void answerWhatIfs(Path model) throws IOException {
    WhatIfVerdict verdict =
        WhatIfVerdict.answered("They help.", new SeenPlans(true, 28, 0.2, null, null));
    ObjectMapper json = new ObjectMapper();
    JsonNode file = json.readTree(model.toFile());
    verdict.parameters().forEach(((ObjectNode) file.at("/provenance/parameters"))::put);
    json.writeValue(model.toFile(), file);
  }

  // Runs long after an ingest was superseded, a run retracted and an unused model trained.
  private void tidyUp(Path shop) {
    JobContext context = context(shop, "raw", Clock.offset(Clock.systemUTC(), Duration.ofDays(40)));
    Instant now = Instant.now();
    var unused = context.artifacts().write("unused", "model.json", "{}");
    context
        .store()
        .commit(
            Table.MODELS,
            TableLayout.event("unused", "trained", now),
            Sample.of(
                context.spark(),
                Table.MODELS,
                Map.of(
                    "backtest_id", "unused",
                    "model_id", "unused",
                    "event", "trained",
                    "changed_at", now)));
    as("maintenance", "Maintenance", () -> Maintenance.run(context, 30, true));
  }

  /**
   * Judges a recipe that beats the baselines as Train does; one of two trees does not beat them.
   */
  private static PromotionDecision contest(JobContext context) {
    Dataset<Row> rows = context.spark().createDataFrame(BACKTEST, SparkSchemas.of(Table.BACKTEST));
    return PromotionRule.decide(
        context, END, Set.of("another recipe"), BacktestReport.of(rows), rows);
  }

  private <T> T as(String account, String job, Supplier<T> run) {
    WatchedFiles.forget();
    T result = run.get();
    SharedSpark.clearCache();
    ran.computeIfAbsent(account, a -> new TreeSet<>()).add(job);
    seen.merge(account, WatchedFiles.seen(), GrantsIT::both);
    return result;
  }

  private static WatchedFiles.Seen both(WatchedFiles.Seen one, WatchedFiles.Seen other) {
    Set<String> read = new TreeSet<>(one.read());
    read.addAll(other.read());
    Set<String> written = new TreeSet<>(one.written());
    written.addAll(other.written());
    return new WatchedFiles.Seen(read, written);
  }

  private static JobContext context(Path shop, String raw, String... more) {
    return context(shop, raw, Clock.systemUTC(), more);
  }

  private static JobContext context(Path shop, String raw, Clock clock, String... more) {
    List<String> sets = new ArrayList<>(SETS);
    sets.add("raw.path=watched:" + shop.resolve(raw));
    sets.add("store.path=watched:" + shop.resolve("store"));
    sets.addAll(List.of(more));
    JobConfig config = JobConfig.load(SampleShop.CONFIG, Map.of(), sets);
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(SharedSpark.session(), config, progress, clock);
  }

  private Needs needs(String account, WatchedFiles.Seen paths) {
    Set<String> reads = new TreeSet<>();
    Set<String> writes = new TreeSet<>();
    for (Table table : Table.values()) {
      String rows = "/store/" + TableLayout.folder(table);
      String unfinished = "/store/" + TableLayout.unfinished(table);
      if (paths.read().stream().anyMatch(p -> p.contains(rows) && !p.contains(unfinished))) {
        reads.add(TableLayout.folder(table));
      }
      if (paths.written().stream().anyMatch(p -> p.contains(rows))) {
        writes.add(TableLayout.folder(table));
      }
    }
    return new Needs(
        ran.getOrDefault(account, Set.of()),
        reads,
        writes,
        use(paths, "/(raw|pulls/pulled_at=.*)/.*"),
        use(paths, "/store/models/.*"));
  }

  private static String use(WatchedFiles.Seen paths, String below) {
    String pattern = ".*" + below;
    return paths.written().stream().anyMatch(path -> path.matches(pattern))
        ? "write"
        : paths.read().stream().anyMatch(path -> path.matches(pattern)) ? "read" : "none";
  }

  private static Map<String, Needs> granted() throws IOException {
    return new TreeMap<>(
        new ObjectMapper().readValue(ACCESS.toFile(), new TypeReference<Map<String, Needs>>() {}));
  }

  private static String latest(Path orders) throws IOException {
    try (Stream<Path> files = Files.list(orders)) {
      return "orders/"
          + files.sorted(Comparator.reverseOrder()).findFirst().orElseThrow().getFileName();
    }
  }
}
