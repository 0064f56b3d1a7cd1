package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import io.trendflow.testing.shop.ShopOrders.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days of pulls from an imitated shop with late orders, refunds, cancellations and deletions: the
 * tables are those of one ingest of the truth. With {@code TRENDFLOW_INGEST_EVERY_PULL=true}, which
 * takes minutes, there are 120, and each is ingested when it comes.
 */
@ExtendWith(SharedSpark.class)
class CollectedPullsTest {
  private static final boolean EVERY_PULL =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_INGEST_EVERY_PULL"));
  private static final int PULLS = EVERY_PULL ? 120 : 20;
  private static final int INGESTED_AFTER = 9;
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** The clocks go back within these days. */
  private static final LocalDate FIRST = LocalDate.parse("2026-10-14");

  private final SparkSession spark;
  private final Path folder;
  private final ShopOrders book = new ShopOrders();
  private final ShopClock clock = new ShopClock(FIRST.atTime(4, 0).atZone(LONDON).toInstant());

  CollectedPullsTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  @Test
  void dailyPullsAreOneIngestOfTheTruth() throws IOException {
    Random random = new Random(11);
    FIRST.minusDays(40).datesUntil(FIRST).forEach(day -> book.live(day, LONDON, 3, random));
    try (FakeShopify shop = new FakeShopify(book, clock)) {
      shop.allow("read_all_orders");
      shop.bucket(1e9, 1e9);
      for (int pull = 0; pull < PULLS; pull++) {
        LocalDate today = FIRST.plusDays(pull);
        clock.set(today.atTime(4, 0).atZone(LONDON).toInstant());
        collect(shop);
        if (EVERY_PULL || pull == INGESTED_AFTER) {
          Ingest.run(context("steps", conf(shop)), false);
        }
        // Some days have no order at all.
        book.live(today, LONDON, pull % 9 == 4 ? 0 : 3, random);
      }
      clock.set(FIRST.plusDays(PULLS).atTime(4, 0).atZone(LONDON).toInstant());
      collect(shop);
      Ingest.run(context("steps", conf(shop)), false);
      if (EVERY_PULL) {
        Ingest.run(context("once", conf(shop)), false);
        assertThat(stored("steps", conf(shop))).isEqualTo(stored("once", conf(shop)));
      }
      Ingest.run(context("truth", truth()), false);
      List<String> truth = latest("truth", truth());
      assertThat(truth).hasSizeGreaterThan(PULLS);
      assertThat(latest("steps", conf(shop))).isEqualTo(truth);
      assertThat(watermark("steps", conf(shop))).isEqualTo(FIRST.plusDays(PULLS - 1L));
    }
  }

  private void collect(FakeShopify shop) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new JobLauncher(Map.of("SHOPIFY_TOKEN", FakeShopify.TOKEN), print(out), print(err))
            .run(new CollectCommand(clock, print(err)), "--config", conf(shop).toString());
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(JobLauncher.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    assertThat(out + " " + err).doesNotContain(FakeShopify.TOKEN);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private Path conf(FakeShopify shop) throws IOException {
    String collect =
        "{shop: acme.myshopify.com, token: \"${SHOPIFY_TOKEN}\", endpoint: \"%s\"}"
            .formatted(shop.address());
    return yaml(
        "collected.yaml",
        """
          orders: {preset: shopify-orders-api, constants: {market: uk}, collect: %s}
          refunds: {preset: shopify-refunds-api, constants: {market: uk}, collect: %s}
        """
            .formatted(collect, collect));
  }

  /** Writes what the order book holds by now as two files, and returns their configuration. */
  private Path truth() throws IOException {
    StringBuilder orders = new StringBuilder("sku,day,qty,price,order,name,brand\n");
    StringBuilder refunds = new StringBuilder("sku,day,qty,price,order,name\n");
    for (Order order : book.orders()) {
      if (order.cancelledAt != null || day(order.createdAt).isBefore(FIRST.minusDays(60))) {
        continue;
      }
      order.lines.forEach(
          line ->
              orders.append(
                  "%s,%s,%d,%s,#%d,%s,Acme\n"
                      .formatted(
                          line.sku(),
                          day(order.createdAt),
                          line.quantity(),
                          line.price(),
                          order.id,
                          line.title())));
      order.refunds.forEach(
          refund ->
              refund
                  .lines()
                  .forEach(
                      line ->
                          refunds.append(
                              "%s,%s,-%d,%s,#%d,%s\n"
                                  .formatted(
                                      line.line().sku(),
                                      day(refund.createdAt()),
                                      line.quantity(),
                                      line.line().price(),
                                      order.id,
                                      line.line().title()))));
    }
    Files.createDirectories(folder.resolve("raw/truth"));
    Files.writeString(folder.resolve("raw/truth/orders.csv"), orders);
    Files.writeString(folder.resolve("raw/truth/refunds.csv"), refunds);
    return yaml(
        "truth.yaml",
        """
          orders:
            kind: sales
            files: truth/orders.csv
            columns: {product_id: sku, date: day, units: qty, unit_price: price, order_id: order, name: name, brand: brand}
            constants: {market: uk}
          refunds:
            kind: sales
            files: truth/refunds.csv
            columns: {product_id: sku, date: day, units: qty, unit_price: price, order_id: order, name: name}
            constants: {market: uk}
        """);
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(LONDON).toLocalDate();
  }

  private Path yaml(String name, String sources) throws IOException {
    Path file = folder.resolve(name);
    return Files.writeString(
        file,
        """
        raw: {path: %s}
        store: {path: %s}
        markets: {uk: {currency: GBP, time_zone: Europe/London}}
        catalog: {infer_from_sales: true}
        sources:
        %s
        """
            .formatted(folder.resolve("raw"), folder.resolve("any"), sources.stripTrailing()));
  }

  private JobContext context(String store, Path conf) {
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(
        spark,
        JobConfig.load(conf, Map.of(), List.of("store.path=" + folder.resolve(store))),
        progress,
        clock);
  }

  private List<String> stored(String store, Path conf) {
    return SampleShop.pulledRows(context(store, conf).store());
  }

  /**
   * Returns the latest revision of each product and day on which something was sold or returned.
   */
  private List<String> latest(String store, Path conf) {
    Map<String, String> latest = new TreeMap<>();
    for (Row row :
        context(store, conf)
            .store()
            .read(Table.DAILY_SALES)
            .orderBy("available_at")
            .collectAsList()) {
      String key =
          "%s %s %s %s"
              .formatted(
                  row.getAs("source"),
                  row.getAs("market"),
                  row.getAs("product_id"),
                  row.getAs("sale_date"));
      double gross = row.getAs("gross_units");
      double returned = row.getAs("return_units");
      if (gross == 0 && returned == 0) {
        latest.remove(key);
      } else {
        latest.put(
            key,
            "%s: %s %s %s %s %s %s"
                .formatted(
                    key,
                    gross,
                    returned,
                    row.getAs("gross_revenue"),
                    row.getAs("refunds"),
                    row.getAs("orders"),
                    row.getAs("currency")));
      }
    }
    return new ArrayList<>(latest.values());
  }

  private LocalDate watermark(String store, Path conf) {
    Set<LocalDate> days = new TreeSet<>();
    context(store, conf)
        .store()
        .read(Table.DAILY_SALES)
        .select("sale_date")
        .collectAsList()
        .forEach(row -> days.add(row.getAs(0)));
    return ((TreeSet<LocalDate>) days).last();
  }
}
