package io.trendflow.collection;

import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.PacedClock;
import io.trendflow.collection.web.RetryTimes;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PulledFile;
import io.trendflow.testing.shop.ShopClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Pulls of a source in this process, whose waits take no time.
 *
 * @param name name of the source
 * @param settings its {@code collect} in the configuration
 * @param secrets variables of the environment
 * @param progress receives the lines of progress
 */
record SourcePulls(
    String name,
    Map<String, Object> settings,
    Map<String, String> secrets,
    ZoneId zone,
    Path raw,
    ShopClock clock,
    List<String> progress) {

  /** Pulls what is due, with further settings; an empty one is left out. */
  PullReport pull(Map<String, Object> more) {
    return pull(more, null, false);
  }

  PullReport pull(Map<String, Object> more, @Nullable LocalDate since, boolean dryRun) {
    return CollectorRegistry.collect(name, () -> task(more, since, dryRun));
  }

  PullTask task(Map<String, Object> more, @Nullable LocalDate since, boolean dryRun) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(more);
    all.values().removeIf(""::equals);
    return new PullTask(
        name,
        all,
        List.of(zone),
        history(),
        new SecretValues(secrets),
        new PacedClock(clock, clock::advance),
        new RetryTimes(Duration.ofMillis(1), Duration.ofMillis(40), 4),
        since,
        dryRun,
        progress::add,
        "test");
  }

  PullHistory history() {
    return PullHistory.of(new LocalLanding(raw), name);
  }

  /** Returns the text of each file of the latest finished pull, in the order of the manifest. */
  List<String> landed() throws IOException {
    PullManifest pull = history().latest().orElseThrow();
    List<String> texts = new ArrayList<>();
    for (PulledFile file : pull.files()) {
      texts.add(text(raw.resolve(name + "/pulled_at=" + pull.pulledAt()).resolve(file.name())));
    }
    return texts;
  }

  /** Returns the text of a file, unpacked. */
  static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      boolean packed = file.toString().endsWith(".gz");
      return new String(
          (packed ? new GZIPInputStream(in) : in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
