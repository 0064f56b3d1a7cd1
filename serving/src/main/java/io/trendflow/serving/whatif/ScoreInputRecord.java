package io.trendflow.serving.whatif;

import io.trendflow.history.DayRange;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.HorizonPlan;
import io.trendflow.history.PlannedEvent;
import io.trendflow.serving.store.ScoreRecord;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of {@code prediction.score_inputs}, described by its contract. */
public record ScoreInputRecord(
    List<Double> inputs,
    @Nullable Double listPrice,
    @Nullable Double currentPrice,
    List<PlannedPeriod> plannedEvents) {

  /** Promotion or price that was planned. */
  public record PlannedPeriod(
      String kind, LocalDate startsOn, LocalDate endsOn, @Nullable Double depth) {
    private PlannedEvent event() {
      return PlannedEvent.known(
          new DayRange(EpochTimes.day(startsOn), EpochTimes.day(endsOn)),
          PlannedEvent.Kind.of(kind),
          known(depth));
    }
  }

  /** Returns the plan under which the score was predicted. */
  HorizonPlan plan(ScoreRecord score) {
    return new HorizonPlan(
        EpochTimes.day(score.horizonStart()),
        Math.toIntExact(score.horizonDays()),
        known(listPrice),
        known(currentPrice),
        plannedEvents.stream().map(PlannedPeriod::event).toList());
  }

  private static double known(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
