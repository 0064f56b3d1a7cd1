package io.trendflow.serving.snapshot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Metrics of the served run, for alerts. */
@Singleton
final class RunMetrics implements MeterBinder {
  private static final List<String> AREAS =
      List.of("source", "inputs", "predictions", "accuracy", "model");
  private static final List<String> LEVELS = List.of("ok", "warn", "alert");

  private final LatestRun latestRun;

  RunMetrics(LatestRun latestRun) {
    this.latestRun = latestRun;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("trendflow.run.rows", this, metrics -> metrics.rows())
        .description("Number of scores that are served")
        .register(registry);
    Gauge.builder("trendflow.run.age.days", this, metrics -> metrics.age())
        .description("Days since as_of of the served run; NaN if no run is served")
        .register(registry);
    for (String area : AREAS) {
      for (String level : LEVELS) {
        Gauge.builder(
                "trendflow.findings",
                this,
                metrics -> metrics.latestRun.served().monitoring().count(area, level))
            .description("Number of findings of the latest monitoring")
            .tag("area", area)
            .tag("level", level)
            .register(registry);
      }
    }
    Gauge.builder("trendflow.degraded", this, metrics -> metrics.degraded())
        .description("1 if the answers are degraded, otherwise 0")
        .register(registry);
  }

  private double rows() {
    RunSnapshot snapshot = latestRun.served().snapshot();
    return snapshot == null ? 0 : snapshot.scores().rows().size();
  }

  private double age() {
    RunSnapshot snapshot = latestRun.served().snapshot();
    return snapshot == null
        ? Double.NaN
        : ChronoUnit.DAYS.between(snapshot.run().asOf(), LocalDate.now(ZoneOffset.UTC));
  }

  private double degraded() {
    return latestRun.served().degraded() ? 1 : 0;
  }
}
