package io.trendflow.jobs.monitor;

import io.trendflow.model.TrendModel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Checks of the champion: its age, and the challengers that were declined since it was promoted.
 */
public final class ModelChecks {
  private static final double WARN_AGE = 60;
  private static final double ALERT_AGE = 120;
  private static final int MOST_DECLINED = 4;

  private ModelChecks() {}

  /**
   * Returns the findings. Challengers of other horizons do not count.
   *
   * @param events rows of {@code prediction.models}
   */
  public static List<MonitorFinding> of(TrendModel champion, List<Row> events, LocalDate asOf) {
    double age = ChronoUnit.DAYS.between(champion.provenance().asOf(), asOf);
    Instant promoted =
        events.stream()
            .filter(event -> event.<String>getAs("event").equals("promoted"))
            .filter(event -> event.<String>getAs("model_id").equals(champion.modelId()))
            .map(event -> event.<Instant>getAs("changed_at"))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    long declined =
        events.stream()
            .filter(event -> event.<String>getAs("event").equals("rejected"))
            .filter(event -> event.<Long>getAs("horizon_days") == champion.horizonDays())
            .filter(event -> event.<Instant>getAs("changed_at").isAfter(promoted))
            .filter(event -> !event.<LocalDate>getAs("as_of").isAfter(asOf))
            .count();
    return List.of(
        new MonitorFinding(
            "model",
            champion.modelId(),
            "age",
            FindingLevel.above(age, WARN_AGE, ALERT_AGE),
            age,
            null,
            null,
            WARN_AGE,
            1,
            List.of()),
        new MonitorFinding(
            "model",
            champion.modelId(),
            "declined",
            declined >= MOST_DECLINED ? FindingLevel.WARN : FindingLevel.OK,
            (double) declined,
            null,
            null,
            (double) MOST_DECLINED,
            declined,
            List.of()));
  }
}
