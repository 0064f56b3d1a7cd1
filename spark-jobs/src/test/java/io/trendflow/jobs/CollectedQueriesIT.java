package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.command.JobLauncher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shipped queries, run by the emulated BigQuery on tables in the form of each export. The emulator
 * knows no ingestion-time partitions: every row of the transfer is of today.
 */
class CollectedQueriesIT {
  private static final Emulators EMULATORS = Emulators.start();
  private static final Instant NOW = Instant.parse("2026-10-01T05:00:00Z");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Path folder;

  CollectedQueriesIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void exportTables() throws Exception {
    EMULATORS.makeDataset("exports");
    for (String day : List.of("20260929", "20260930", "intraday_20261001")) {
      String date = day.replaceAll("\\D", "");
      EMULATORS.run(
          "CREATE TABLE exports.events_%s (event_date STRING, event_name STRING, items ARRAY<STRUCT<item_id STRING, item_name STRING>>)"
              .formatted(day));
      EMULATORS.run(
          """
          INSERT INTO exports.events_%s (event_date, event_name, items) VALUES
            ('%s', 'view_item', [STRUCT('1', 'Mug')]),
            ('%s', 'view_item', [STRUCT('1', 'Mug'), STRUCT('9', '(not set)')]),
            ('%s', 'add_to_cart', [STRUCT('1', 'Mug'), STRUCT('2', 'Lamp')]),
            ('%s', 'page_view', [])
          """
              .formatted(day, date, date, date, date));
    }
    EMULATORS.run(
        "CREATE TABLE exports.searchdata_site_impression (data_date DATE, query STRING, is_anonymized_query BOOL, country STRING, search_type STRING, impressions INT64, clicks INT64)");
    EMULATORS.run(
        """
        INSERT INTO exports.searchdata_site_impression (data_date, query, is_anonymized_query, country, search_type, impressions, clicks) VALUES
          (DATE '2026-09-29', 'mug', FALSE, 'gbr', 'WEB', 10, 1), (DATE '2026-09-29', 'mug', FALSE, 'fra', 'WEB', 5, 1),
          (DATE '2026-09-29', '', TRUE, 'gbr', 'WEB', 99, 9), (DATE '2026-09-29', 'mug', FALSE, 'gbr', 'IMAGE', 7, 1),
          (DATE '2026-10-29', 'mug', FALSE, 'gbr', 'WEB', 3, 0)
        """);
    EMULATORS.run(
        "CREATE TABLE exports.international_top_terms (refresh_date DATE, week DATE, term STRING, rank INT64, score INT64, country_code STRING, region_code STRING)");
    EMULATORS.run(
        """
        INSERT INTO exports.international_top_terms (refresh_date, week, term, rank, score, country_code, region_code) VALUES
          (DATE_SUB(CURRENT_DATE(), INTERVAL 1 DAY), DATE '2026-09-20', 'mug', 1, 100, 'GB', 'GB-ENG'),
          (DATE_SUB(CURRENT_DATE(), INTERVAL 1 DAY), DATE '2026-09-20', 'mug', 2, 50, 'GB', 'GB-WLS'),
          (DATE_SUB(CURRENT_DATE(), INTERVAL 1 DAY), DATE '2026-09-13', 'mug', 2, NULL, 'GB', 'GB-WLS'),
          (DATE_SUB(CURRENT_DATE(), INTERVAL 2 DAY), DATE '2026-09-20', 'lamp', 1, 90, 'GB', 'GB-ENG')
        """);
    EMULATORS.run(
        "CREATE TABLE exports.best_sellers (country_code STRING, report_category_id INT64, title STRING, rank INT64, relative_demand STRING) PARTITION BY _PARTITIONDATE");
    EMULATORS.run(
        "INSERT INTO exports.best_sellers (country_code, report_category_id, title, rank, relative_demand) VALUES ('GB', 166, 'Mug', 1, 'HIGH')");
  }

  @AfterAll
  static void stopEmulators() {
    EMULATORS.close();
  }

  @Test
  void visitsOfFinishedDaysAreCounted() throws IOException {
    assertThat(landed("ga4-items", "table: 'trendflow.exports.events_*'"))
        .containsExactlyInAnyOrder(
            "{\"date\":\"2026-09-29\",\"item_name\":\"Lamp\",\"item_views\":0,\"cart_additions\":1}",
            "{\"date\":\"2026-09-29\",\"item_name\":\"Mug\",\"item_views\":2,\"cart_additions\":1}",
            "{\"date\":\"2026-09-30\",\"item_name\":\"Lamp\",\"item_views\":0,\"cart_additions\":1}",
            "{\"date\":\"2026-09-30\",\"item_name\":\"Mug\",\"item_views\":2,\"cart_additions\":1}");
  }

  @Test
  void impressionsOfKnownQueriesAreAddedUp() throws IOException {
    assertThat(landed("search-console", "table: trendflow.exports.searchdata_site_impression"))
        .containsExactly(
            "{\"date\":\"2026-09-29\",\"query\":\"mug\",\"impressions\":15,\"clicks\":2}");
  }

  @Test
  void termsOfTheLatestRefreshAreAveraged() throws IOException {
    assertThat(landed("google-trends-terms", "table: trendflow.exports.international_top_terms"))
        .containsExactly(
            "{\"date\":\"2026-09-20\",\"term\":\"mug\",\"country_code\":\"GB\",\"rank\":1,\"score\":75}");
  }

  @Test
  void bestSellersHaveTheWeekOfTheirReport() throws IOException {
    assertThat(landed("best-sellers-transfer", "table: trendflow.exports.best_sellers"))
        .singleElement()
        .asString()
        .matches(
            "\\{\"date\":\"[0-9-]{10}\",\"title\":\"Mug\",\"country_code\":\"GB\",.*\"HIGH\"}");
  }

  @Test
  void aQueryOfOnesOwnIsPulled() throws IOException {
    String sql =
        "sql: \"SELECT DATE '2026-09-29' AS date, query FROM trendflow.exports.searchdata_site_impression WHERE query <> '' LIMIT 1;\"";
    assertThat(landed("bigquery", sql))
        .containsExactly("{\"date\":\"2026-09-29\",\"query\":\"mug\"}");
  }

  @Test
  void aTableThatDoesNotExistIsASentence() throws IOException {
    assertThat(collect("search-console", "table: trendflow.exports.absent")).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("BigQuery rejected the query of source rows: check sources.rows.collect.table");
  }

  private List<String> landed(String api, String settings) throws IOException {
    assertThat(collect(api, settings)).as(said.toString(StandardCharsets.UTF_8)).isZero();
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("raw"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl.gz")).toList()) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
      }
    }
    return lines;
  }

  private int collect(String api, String settings) throws IOException {
    Path config =
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
              rows:
                kind: trends
                format: json_lines
                period: day
                columns: {keyword: query, date: date, value: impressions}
                collect: {api: %s, project: trendflow, %s, token: "${TOKEN}", endpoint: "%s"}
            """
                .formatted(
                    folder.resolve("raw"),
                    folder.resolve("store"),
                    api,
                    settings,
                    EMULATORS.bigquery()));
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new JobLauncher(Map.of("TOKEN", "emulators"), out, out)
        .run(
            new CollectCommand(Clock.fixed(NOW, ZoneOffset.UTC), out),
            "--config",
            config.toString());
  }
}
