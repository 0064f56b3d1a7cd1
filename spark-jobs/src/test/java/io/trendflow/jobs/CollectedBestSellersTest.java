package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import io.trendflow.testing.shop.FakeMerchant;
import io.trendflow.testing.shop.ShopClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Weeks of best sellers, pulled from an imitated Merchant API and ingested as trends. */
@ExtendWith(SharedSpark.class)
class CollectedBestSellersTest {
  private static final int PULLS = 2;
  private static final LocalDate MONDAY = LocalDate.parse("2026-09-21");

  private final SparkSession spark;
  private final Path folder;
  private final ShopClock clock = new ShopClock(Instant.parse("2026-09-30T05:00:00Z"));

  CollectedBestSellersTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  @Test
  void weeklyPullsAreOneSeriesOfEachTitle() throws IOException {
    Files.createDirectories(folder.resolve("raw"));
    Files.writeString(
        folder.resolve("raw/orders.csv"), "sku,day,qty\n166-1,2026-09-01,2\n166-2,2026-09-02,1\n");
    try (FakeMerchant merchant = new FakeMerchant(clock)) {
      merchant.mostOnAPage(5);
      Path conf =
          Files.writeString(
              folder.resolve("conf.yaml"),
              """
              raw: {path: %s}
              store: {path: %s}
              markets: {uk: {currency: GBP, time_zone: Europe/London}}
              catalog: {infer_from_sales: true}
              sources:
                orders:
                  kind: sales
                  files: orders.csv
                  columns: {product_id: sku, date: day, units: qty}
                  constants: {market: uk}
                best_sellers:
                  preset: merchant-best-sellers
                  collect: {account: 1234, token: "${MERCHANT_TOKEN}", countries: [GB], categories: [166], endpoint: "%s"}
              """
                  .formatted(folder.resolve("raw"), folder.resolve("store"), merchant.address()));
      for (int pull = 0; pull < PULLS; pull++) {
        collect(conf);
        Ingest.run(context(conf), false);
        clock.advance(Duration.ofDays(7));
      }
      // The first pull has the week before, and each later one has the last week again.
      List<Row> signals = context(conf).store().read(Table.SIGNALS).collectAsList();
      assertThat(signals).hasSize(2 * PULLS * FakeMerchant.PRODUCTS);
      Map<String, Double> values = new TreeMap<>();
      for (Row row : signals) {
        assertThat(row.<String>getAs("metric")).isEqualTo("shopping_interest");
        assertThat(row.<String>getAs("geo")).isEqualTo("GB");
        assertThat(row.<String>getAs("pull_id")).isEqualTo("comparable");
        assertThat(row.<Long>getAs("period_days")).isEqualTo(7);
        values.put(row.getAs("observed_on") + " " + row.getAs("keyword"), row.getAs("value"));
      }
      assertThat(values).isEqualTo(expected());
    }
  }

  private JobContext context(Path conf) {
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(spark, JobConfig.load(conf, Map.of(), List.of()), progress, clock);
  }

  private void collect(Path conf) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code =
        new JobLauncher(Map.of("MERCHANT_TOKEN", FakeMerchant.TOKEN), print, print)
            .run(new CollectCommand(clock, print), "--config", conf.toString());
    assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(JobLauncher.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(FakeMerchant.TOKEN);
  }

  private static Map<String, Double> expected() {
    List<Double> demand = List.of(75.5, 35.5, 15.5, 8.0, 2.5);
    Map<String, Double> values = new TreeMap<>();
    for (int week = -1; week < PULLS; week++) {
      LocalDate monday = MONDAY.plusWeeks(week);
      for (int rank = 1; rank <= FakeMerchant.PRODUCTS; rank++) {
        String title = FakeMerchant.title("166", monday, rank).toLowerCase(Locale.ROOT);
        values.put(monday + " " + title, demand.get(Math.min(rank, demand.size()) - 1));
      }
    }
    return values;
  }
}
