package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.calendar.CalendarEvent;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.SignalRecord;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weekly sales of a product in a market, as known at as_of, the trend series that belong to the
 * product, and what became of earlier forecasts.
 *
 * @param weeks weeks from the first sale on, oldest first; the last one ends with the latest
 *     complete day of sales
 * @param trends trend series that belong to the product
 * @param planned promotions and other planned events of the product, its category and its market
 *     that end within the weeks or after them, past and coming, the earliest first
 * @param outcomes forecasts of earlier runs whose period is over, beside what was sold, oldest
 *     first
 */
@Serdeable
public record History(
    String productId,
    String market,
    List<Week> weeks,
    List<Trend> trends,
    List<CalendarEvent> planned,
    List<OutcomeRecord> outcomes) {

  /**
   * Sales of seven days.
   *
   * @param firstDay first of the seven days
   * @param units units sold less units returned
   * @param revenue revenue of the units sold less refunds, in the market's currency; null if
   *     unknown
   * @param price mean gross price per unit; null in a week without a sale of known revenue
   */
  @Serdeable
  public record Week(
      LocalDate firstDay, double units, @Nullable Double revenue, @Nullable Double price) {}

  /**
   * Trend series.
   *
   * @param confidence how certain it is that the series belongs to the product, in (0, 1]
   * @param matchedBy what the match is based on
   * @param points values as the latest pull reported them, oldest first
   */
  @Serdeable
  public record Trend(
      String source,
      String metric,
      String keyword,
      String geo,
      double confidence,
      String matchedBy,
      List<SignalRecord.Point> points) {}
}
