package io.trendflow.collection;

import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ShopClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pulls from an imitated Shopify in the time of the test. */
final class ShopifyPulls {
  static final ZoneId LONDON = ZoneId.of("Europe/London");

  private final Path raw;
  private final FakeShopify shop;
  private final ShopClock clock;

  ShopifyPulls(Path raw, FakeShopify shop, ShopClock clock) {
    this.raw = raw;
    this.shop = shop;
    this.clock = clock;
  }

  PullReport pull(String source) {
    return pull(source, null, Map.of());
  }

  PullReport pull(String source, @Nullable LocalDate since, Map<String, Object> more) {
    return of(source).pull(more, since, false);
  }

  PullTask task(String source, @Nullable LocalDate since, Map<String, Object> more) {
    return of(source).task(more, since, false);
  }

  private SourcePulls of(String source) {
    Map<String, Object> settings =
        Map.of(
            "api",
            "shopify-" + source,
            "shop",
            "acme.myshopify.com",
            "token",
            "${SHOPIFY_TOKEN}",
            "endpoint",
            shop.address());
    Map<String, String> secrets =
        Map.of("SHOPIFY_TOKEN", FakeShopify.TOKEN, "APP_SECRET", FakeShopify.CLIENT_SECRET);
    return new SourcePulls(source, settings, secrets, LONDON, raw, clock, new ArrayList<>());
  }

  /** Returns every landed file of a source with its text, unpacked. */
  Map<String, String> landed(String source) {
    Map<String, String> texts = new HashMap<>();
    if (!Files.exists(raw.resolve(source))) {
      return texts;
    }
    try (Stream<Path> files = Files.walk(raw.resolve(source))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(raw.relativize(file).toString(), SourcePulls.text(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
