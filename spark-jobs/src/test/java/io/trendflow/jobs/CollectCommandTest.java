package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.testing.shop.FakeSerpapi;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ShopClock;
import io.trendflow.testing.shop.ShopOrders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code collect} and the configurations that {@code init} writes for it. */
class CollectCommandTest {
  private final ShopClock clock = new ShopClock(Instant.parse("2026-10-01T05:00:00Z"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path folder;

  CollectCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int collect(Path config, String... more) {
    String[] arguments = Arrays.copyOf(more, more.length + 2);
    arguments[more.length] = "--config";
    arguments[more.length + 1] = config.toString();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new JobLauncher(
            Map.of("SHOPIFY_TOKEN", FakeShopify.TOKEN, "SERPAPI_KEY", FakeSerpapi.KEY),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            errors)
        .run(new CollectCommand(clock, errors), arguments);
  }

  private Path config(String sources) throws IOException {
    return Files.writeString(
        folder.resolve("shop.yaml"),
        """
        raw: {path: %s}
        store: {path: %s}
        markets: {uk: {currency: GBP, time_zone: Europe/London}}
        features: {keyword_review: %s}
        sources:
        %s"""
            .formatted(
                folder.resolve("raw"),
                folder.resolve("store"),
                folder.resolve("review.csv"),
                sources));
  }

  @Test
  void aSourceThatFailsLeavesTheOthersPulled() throws IOException {
    ShopOrders book = new ShopOrders();
    book.live(LocalDate.parse("2026-09-20"), ZoneId.of("Europe/London"), 5, new Random(1));
    Files.writeString(
        folder.resolve("review.csv"),
        """
        market,product_id,name,keyword,matched_by,decision
        uk,1,Mug,mug,declared,
        uk,2,Lamp,lamp,name,yes
        uk,3,Pen,pen,name,
        uk,4,Ink,ink,declared,no
        """);
    try (FakeShopify shop = new FakeShopify(book, clock);
        FakeSerpapi serpapi = new FakeSerpapi(clock)) {
      Path config =
          config(
              """
                orders:
                  preset: shopify-orders-api
                  collect: {shop: acme.myshopify.com, token: "${ABSENT}", endpoint: "%s"}
                refunds:
                  preset: shopify-refunds-api
                  collect: {shop: acme.myshopify.com, token: "${SHOPIFY_TOKEN}", endpoint: "%s"}
                trends:
                  preset: serpapi
                  collect: {key: "${SERPAPI_KEY}", keywords: catalogue, endpoint: "%s"}
              """
                  .formatted(shop.address(), shop.address(), serpapi.address()));
      assertThat(collect(config)).isEqualTo(JobLauncher.FAILED);
      List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).contains("\"outcome\":\"failed\"").contains("ABSENT is not set");
      assertThat(lines.get(1)).contains("\"outcome\":\"landed\"");
      assertThat(lines.get(2)).contains("\"records\":520");
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("trends: page 1, [mug, lamp] in all places")
          .doesNotContain(FakeShopify.TOKEN)
          .doesNotContain(FakeSerpapi.KEY);
      assertThat(JobConfig.load(config, Map.of(), List.of()).toYaml()).doesNotContain("ABSENT");

      out.reset();
      assertThat(collect(config, "--source", "refunds", "--dry-run")).isEqualTo(JobLauncher.DONE);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("not_due").doesNotContain("orders");
      assertThat(collect(config, "--source", "refund")).isEqualTo(JobLauncher.FAILED);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains(
              "--source is refund, but the sources with collect are [orders, refunds, trends].");
    }
  }

  @Test
  void whatInitWritesForASourceCanBeLoaded() {
    Path file = folder.resolve("new.yaml");
    int code =
        new JobLauncher(Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8), System.err)
            .run(
                new Init(),
                "--raw",
                folder.resolve("raw").toString(),
                "--out",
                file.toString(),
                "--source",
                "shopify",
                "--source",
                "woocommerce",
                "--source",
                "serpapi",
                "--source",
                "merchant",
                "--source",
                "analytics",
                "--source",
                "search-console",
                "--source",
                "bigquery");
    assertThat(code).isEqualTo(JobLauncher.DONE);
    JobConfig config = JobConfig.load(file, Map.of(), List.of());
    assertThat(config.sources()).hasSize(11);
    SourceConfig orders = Objects.requireNonNull(config.sources().get("orders"));
    assertThat(orders.files()).isEqualTo("orders/pulled_at=*/page-*");
    assertThat(orders.needsManifest()).isTrue();
  }
}
