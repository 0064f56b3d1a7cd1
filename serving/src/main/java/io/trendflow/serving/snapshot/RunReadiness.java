package io.trendflow.serving.snapshot;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/**
 * Readiness check: up while a run is served. An outdated or incomplete run is up as well, with
 * {@code degraded} true.
 */
@Singleton
@Readiness
final class RunReadiness implements HealthIndicator {
  private final LatestRun latestRun;

  RunReadiness(LatestRun latestRun) {
    this.latestRun = latestRun;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    ServingState served = latestRun.served();
    RunSnapshot snapshot = served.snapshot();
    Map<String, Object> details = new LinkedHashMap<>();
    if (snapshot == null) {
      details.put("reason", served.whyNothing());
    } else {
      details.put("run_id", snapshot.run().runId());
      details.put("as_of", snapshot.run().asOf().toString());
    }
    details.put("degraded", served.degraded());
    details.put("degraded_reasons", served.degradedReasons());
    HealthStatus status = snapshot == null ? HealthStatus.DOWN : HealthStatus.UP;
    return Publishers.just(HealthResult.builder("run", status).details(details).build());
  }
}
