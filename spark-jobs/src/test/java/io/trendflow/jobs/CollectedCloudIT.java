package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pulls that land in the emulated Cloud Storage: killed ones are not read, the next one is. With
 * {@code TRENDFLOW_KILL_AT_EVERY_STAGE=true} a pull is killed at each of its requests.
 */
@Tag("long")
class CollectedCloudIT {
  private static final boolean EVERYWHERE =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_KILL_AT_EVERY_STAGE"));
  private static final int ORDERS = 300;
  private static final String RAW = "gs://trendflow/raw";

  private final Emulators emulators = Emulators.start();
  private final SparkSession spark = emulators.told(SharedSpark.session());
  private final Path folder;

  CollectedCloudIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    emulators.close();
  }

  @Test
  void onlyFinishedPullsInABucketAreRead() throws Exception {
    emulators.makeBucket("trendflow");
    ShopOrders book = new ShopOrders();
    Instant first = Instant.now().minus(Duration.ofDays(8));
    for (int i = 0; i < ORDERS; i++) {
      Instant at = first.plusSeconds(600L * i);
      book.add(at, at, List.of(book.line("sku-" + i % 9, 1, "5.00")));
    }
    try (FakeShopify shop = new FakeShopify(book, new ShopClock(Instant.now()))) {
      shop.bucket(1e9, 1e9);
      Path config = config(shop);
      assertThat(collect(config).waitFor()).as(said()).isZero();
      int requests = shop.requests();
      assertThat(requests).isGreaterThanOrEqualTo(10);
      assertThat(pulls()).hasSize(1);
      assertThat(fileSystem().delete(new org.apache.hadoop.fs.Path(RAW), true)).isTrue();

      IntStream points =
          EVERYWHERE ? IntStream.rangeClosed(1, requests) : IntStream.of(1, requests / 2, requests);
      for (int point : points.toArray()) {
        Process process = shop.killedAt(point, () -> collect(config));
        assertThat(process.exitValue()).as("killed at request %d", point).isEqualTo(137);
        assertThat(pulls()).as("killed at request %d", point).doesNotContain(true);
      }
      assertThat(pulls()).as("folders with pages").isNotEmpty();
      assertThatThrownBy(() -> Ingest.run(context(config), false))
          .hasMessageContaining("in a finished pull");

      assertThat(collect(config).waitFor()).as(said()).isZero();
      assertThat(pulls()).containsOnlyOnce(true);
      Ingest.run(context(config), false);
      assertThat(
              context(config)
                  .store()
                  .read(Table.DAILY_SALES)
                  .agg(functions.sum("gross_units"))
                  .head()
                  .getDouble(0))
          .isEqualTo(ORDERS);
    }
  }

  private Process collect(Path config) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CollectCommand.class.getName(), "--config", config.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("SHOPIFY_TOKEN", FakeShopify.TOKEN);
    builder.environment().put("NO_GCE_CHECK", "true");
    return builder.start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** Returns for each folder of a pull whether it has a manifest. */
  private List<Boolean> pulls() throws IOException {
    List<Boolean> sealed = new ArrayList<>();
    org.apache.hadoop.fs.Path orders = new org.apache.hadoop.fs.Path(RAW, "orders");
    if (!fileSystem().exists(orders)) {
      return sealed;
    }
    for (FileStatus pull : fileSystem().listStatus(orders)) {
      sealed.add(
          Arrays.stream(fileSystem().listStatus(pull.getPath()))
              .anyMatch(file -> file.getPath().getName().equals(PullManifest.FILE)));
    }
    return sealed;
  }

  private FileSystem fileSystem() throws IOException {
    return new org.apache.hadoop.fs.Path(RAW).getFileSystem(spark.sessionState().newHadoopConf());
  }

  private Path config(FakeShopify shop) throws IOException {
    String emulated = emulators.here(Files.readString(Path.of("../conf/emulators.yaml")));
    return Files.writeString(
        folder.resolve("shop.yaml"),
        """
        raw: {path: "%s"}
        store: {path: %s}
        markets: {uk: {currency: GBP, time_zone: Europe/London}}
        catalog: {infer_from_sales: true}
        sources:
          orders:
            preset: shopify-orders-api
            constants: {market: uk}
            collect: {shop: acme.myshopify.com, token: "${SHOPIFY_TOKEN}", bulk_days: 100, endpoint: "%s"}
        %s"""
            .formatted(
                RAW,
                folder.resolve("store"),
                shop.address(),
                emulated.substring(emulated.indexOf("spark:"))));
  }

  private JobContext context(Path config) {
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(
        spark, JobConfig.load(config, Map.of(), List.of()), progress, Clock.systemUTC());
  }
}
