package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.raw.RawFolder;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.PullManifest.PulledFile;
import io.trendflow.schemas.Sha256;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pulls with a manifest: days told in full, finished pulls only, days without sales. */
@ExtendWith(SharedSpark.class)
class SealedPullsTest {
  private static final String SOURCE =
      """
      {kind: 'sales', files: 'refunds/**/*.csv', manifest: 'required', constants: {market: 'uk'},
       columns: {product_id: 'sku', date: 'day', units: 'qty'}}""";
  private static final LocalDate OLD = LocalDate.parse("2024-03-12");

  private final SparkSession spark;
  private final RawFolder raw;

  SealedPullsTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.raw = new RawFolder(folder).source("refunds", SOURCE);
  }

  @Test
  void anOldRefundInALaterPullLeavesTheDaysBetween() {
    StringBuilder first = new StringBuilder("sku,day,qty\n");
    for (int i = 0; i < 16; i++) {
      first.append("p,").append(OLD.plusDays(3L * i)).append(",-1\n");
    }
    pull("2024-05-01T06:00:00Z", first.toString(), "2024-03-12..2024-04-30");
    pull(
        "2024-05-02T06:00:00Z",
        "sku,day,qty\np,2024-03-12,-1\nq,2024-03-12,-1\n",
        "2024-03-12..2024-03-12",
        "2024-05-01..2024-05-01");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(returned(tables)).isEqualTo(17);
    }
  }

  @Test
  void aRowOutsideTheDaysIsExcludedAndADayWithoutRowsIsADayWithoutSales() {
    pull(
        "2024-05-04T06:00:00Z",
        "sku,day,qty\np,2024-04-20,1\np,2024-05-01,2\n",
        "2024-05-01..2024-05-03");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(tables.counts().exclusions())
          .containsExactly(new ExclusionCount("refunds", "outside_pull", 1));
      assertThat(units(tables))
          .isEqualTo(Map.of("p 2024-05-01", 2.0, "p 2024-05-02", 0.0, "p 2024-05-03", 0.0));
      assertThat(tables.counts().sources().get(0).watermark()).isEqualTo("2024-05-03");
    }
  }

  @Test
  void aDayThatWasNotOverInTheMarketIsNotTold() {
    // At this time, the 4th has begun in Auckland and is over nowhere.
    pull("2024-05-03T23:30:00Z", "sku,day,qty\np,2024-05-01,2\n", "2024-05-01..2024-05-03");
    try (CleanTables tables = raw.clean(spark)) {
      // London's clock shows half past midnight on the 4th.
      assertThat(units(tables)).containsOnlyKeys("p 2024-05-01", "p 2024-05-02", "p 2024-05-03");
    }
    pull("2024-05-05T22:30:00Z", "sku,day,qty\n", "2024-05-04..2024-05-05");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(units(tables)).containsKey("p 2024-05-04").doesNotContainKey("p 2024-05-05");
    }
  }

  @Test
  void anUnfinishedPullIsNotRead() {
    pull("2024-05-02T06:00:00Z", "sku,day,qty\np,2024-05-01,2\n", "2024-05-01..2024-05-01");
    raw.text("refunds/pulled_at=2024-05-03T06:00:00Z/a.csv", "sku,day,qty\np,2024-05-01,9\n");
    write("2024-05-04T06:00:00Z", false, null, "sku,day,qty\np,2024-05-01,8\n");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(units(tables)).isEqualTo(Map.of("p 2024-05-01", 2.0));
    }
  }

  @Test
  void withoutAFinishedPullTheSourceHasNoFile() {
    raw.text("refunds/pulled_at=2024-05-03T06:00:00Z/a.csv", "sku,day,qty\np,2024-05-01,9\n");
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessageContaining("source refunds: no file below")
        .hasMessageContaining("in a finished pull");
  }

  @Test
  void aFileThatDiffersFromItsManifestIsRefused() {
    pull("2024-05-02T06:00:00Z", "sku,day,qty\np,2024-05-01,2\n", "2024-05-01..2024-05-01");
    raw.text("refunds/pulled_at=2024-05-02T06:00:00Z/a.csv", "sku,day,qty\np,2024-05-01,3\n");
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessageMatching(
            "refunds/pulled_at=2024-05-02T06:00:00Z/a.csv \\(source refunds\\) differs from its"
                + " manifest, which has the hash [0-9a-f]{64}: copy the file again\\.");
    raw.text("refunds/pulled_at=2024-05-02T06:00:00Z/a.csv", "sku,day,qty\np,2024-05-01,2\n")
        .text("refunds/pulled_at=2024-05-02T06:00:00Z/b.csv", "sku,day,qty\n");
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessageContaining("b.csv (source refunds) is not named in the _pull.json");
  }

  @Test
  void aManifestThatIsNotValidIsRefused() {
    raw.text("refunds/pulled_at=2024-05-03T06:00:00Z/_pull.json", "{\"source\": \"refunds\"}");
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessageContaining(
            "refunds/pulled_at=2024-05-03T06:00:00Z/_pull.json is not a valid manifest (Missing"
                + " required creator property 'pulled_at'");
  }

  @Test
  void childLinesReachTheLineOfTheirParent() {
    raw.source(
            "orders",
            """
            {kind: 'sales', files: 'orders/*', constants: {market: 'uk'},
             format: {type: 'json', records: '/data/orders/nodes/*/lineItems/nodes/*',
                      parent: '__parentId'},
             columns: {product_id: 'sku', date: {column: '../createdAt', format: 'iso'},
                       units: 'quantity', order_id: '../id'}}"""
                .replace(", format: 'iso'", ""))
        .lines(
            "orders/bulk.jsonl",
            "{\"id\":\"o1\",\"createdAt\":\"2024-05-01T10:00:00Z\"}",
            "{\"id\":\"l1\",\"sku\":\"p\",\"quantity\":2,\"__parentId\":\"o1\"}",
            "{\"id\":\"l2\",\"sku\":\"q\",\"quantity\":1,\"__parentId\":\"o1\"}",
            "{\"id\":\"o2\",\"createdAt\":\"2024-05-02T10:00:00Z\"}",
            "{\"id\":\"l3\",\"sku\":\"p\",\"quantity\":5,\"__parentId\":\"o2\"}")
        .text(
            "orders/page.json",
            "{\"data\":{\"orders\":{\"nodes\":[{\"id\":\"o3\",\"createdAt\":\"2024-05-03T10:00:00Z\","
                + "\"lineItems\":{\"nodes\":[{\"sku\":\"p\",\"quantity\":7}]}}]}}}")
        .lines("orders/torn.jsonl", "{\"id\":\"l9\",\"sku\":\"p\",\"__parentId\":\"o9\"}");
    pull("2024-05-02T06:00:00Z", "sku,day,qty\n", "2024-05-01..2024-05-01");
    assertThat(raw.records("product_id day units order_id"))
        .contains(
            "p 2024-05-01 2.0 o1",
            "q 2024-05-01 1.0 o1",
            "p 2024-05-02 5.0 o2",
            "read 3",
            "p 2024-05-03 7.0 o3")
        .anyMatch(line -> line.contains("orders/torn.jsonl (source orders) has in line 1 a child"));
  }

  @Test
  void pullsOfMomentsAreOneSeries() {
    raw.source(
            "views",
            """
            {kind: 'trends', files: 'views/**/*.csv', period: 'moment',
             columns: {keyword: 'k', value: 'v'}}""")
        .text("views/pulled_at=2024-05-01T06:00:00Z/a.csv", "k,v\ncup,3\n")
        .text("views/pulled_at=2024-05-02T06:00:00Z/a.csv", "k,v\ncup,4\n");
    pull("2024-05-02T06:00:00Z", "sku,day,qty\n", "2024-05-01..2024-05-01");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(tables.table(Table.SIGNALS).select("pull_id", "value").collectAsList())
          .extracting(row -> row.getString(0) + " " + row.getDouble(1))
          .containsExactlyInAnyOrder("comparable 3.0", "comparable 4.0");
    }
  }

  private void pull(String time, String csv, String... days) {
    List<PullDays> told = new ArrayList<>();
    for (String range : days) {
      told.add(
          new PullDays(
              LocalDate.parse(range.substring(0, 10)), LocalDate.parse(range.substring(12))));
    }
    write(time, true, told, csv);
  }

  private void write(String time, boolean complete, @Nullable List<PullDays> days, String csv) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    PullManifest manifest =
        new PullManifest(
            "refunds",
            Instant.parse(time),
            complete,
            null,
            null,
            days,
            List.of(new PulledFile("a.csv", bytes.length, Sha256.hex(csv))),
            null,
            null,
            null,
            null);
    raw.bytes("refunds/pulled_at=" + time + "/a.csv", bytes)
        .bytes("refunds/pulled_at=" + time + "/_pull.json", manifest.json());
  }

  /** Returns the units of the latest revision of each product and day. */
  private static Map<String, Double> units(CleanTables tables) {
    Map<String, Double> units = new TreeMap<>();
    latest(tables).forEach((key, row) -> units.put(key, row.getAs("gross_units")));
    return units;
  }

  private static double returned(CleanTables tables) {
    return latest(tables).values().stream()
        .mapToDouble(row -> row.<Double>getAs("return_units"))
        .sum();
  }

  private static Map<String, Row> latest(CleanTables tables) {
    Map<String, Row> latest = new TreeMap<>();
    tables
        .table(Table.DAILY_SALES)
        .orderBy("available_at")
        .collectAsList()
        .forEach(row -> latest.put(row.getAs("product_id") + " " + row.getAs("sale_date"), row));
    return latest;
  }
}
