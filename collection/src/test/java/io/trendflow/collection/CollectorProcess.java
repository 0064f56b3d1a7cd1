package io.trendflow.collection;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.PacedClock;
import io.trendflow.collection.web.RetryTimes;
import io.trendflow.collection.web.SecretValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pull of a source in a process of its own, which can be killed. */
public final class CollectorProcess {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A source.
   *
   * @param name name of the source
   * @param settings its {@code collect} in the configuration
   * @param secrets variables of the environment
   */
  record Source(String name, Map<String, Object> settings, Map<String, String> secrets) {}

  private CollectorProcess() {}

  /** Pulls once: folder, source, settings as JSON, time. */
  public static void main(String[] args) throws IOException {
    Map<String, Object> settings = JSON.readValue(args[2], new TypeReference<>() {});
    PullReport report =
        CollectorRegistry.collect(
            args[1],
            () ->
                new PullTask(
                    args[1],
                    settings,
                    List.of(ShopifyPulls.LONDON),
                    PullHistory.of(new LocalLanding(Path.of(args[0])), args[1]),
                    new SecretValues(System.getenv()),
                    new PacedClock(
                        Clock.fixed(Instant.parse(args[3]), ZoneOffset.UTC), duration -> {}),
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

  static Process start(Path raw, Source source, Instant now, String heap) throws IOException {
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
                source.name(),
                JSON.writeValueAsString(source.settings()),
                now.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of(raw + ".log").toFile()));
    builder.environment().putAll(source.secrets());
    return builder.start();
  }
}
