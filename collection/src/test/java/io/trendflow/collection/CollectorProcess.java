package io.trendflow.collection;

import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.PacedClock;
import io.trendflow.collection.web.RetryTimes;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.testing.shop.FakeShopify;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pull of orders in a process of its own, which can be killed. */
public final class CollectorProcess {
  private CollectorProcess() {}

  /** Pulls once: folder, address, time, bulk_days. */
  public static void main(String[] args) {
    PullReport report =
        CollectorRegistry.collect(
            "orders",
            () ->
                new PullTask(
                    "orders",
                    Map.of(
                        "api",
                        "shopify-orders",
                        "shop",
                        "acme.myshopify.com",
                        "token",
                        "${SHOPIFY_TOKEN}",
                        "endpoint",
                        args[1],
                        "bulk_days",
                        Integer.valueOf(args[3])),
                    List.of(ShopifyPulls.LONDON),
                    PullHistory.of(new LocalLanding(Path.of(args[0])), "orders"),
                    new SecretValues(Map.of("SHOPIFY_TOKEN", FakeShopify.TOKEN)),
                    new PacedClock(
                        Clock.fixed(Instant.parse(args[2]), ZoneOffset.UTC), duration -> {}),
                    RetryTimes.DEFAULT,
                    null,
                    false,
                    line -> {},
                    "test"));
    if (report.problem() != null) {
      System.out.println(report.problem());
      System.exit(1);
    }
  }

  static Process start(Path raw, FakeShopify shop, Instant now, int bulkDays, String heap)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CollectorProcess.class.getName(),
                raw.toString(),
                shop.address(),
                now.toString(),
                Integer.toString(bulkDays)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of(raw + ".log").toFile()))
        .start();
  }
}
