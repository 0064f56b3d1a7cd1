package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.store.SignalRecord;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product's weeks in a market, as they were known at as_of, and the trends that belong to it.
 *
 * @param weeks from the first sale on, oldest first; the last one ends with the latest complete day
 *     of sales
 */
@Serdeable
public record History(String productId, String market, List<Week> weeks, List<Trend> trends) {

  /**
   * Seven days.
   *
   * @param units sold less returned
   * @param revenue of the units sold, less refunds, in the market's currency; null where unknown
   * @param price mean gross price of a unit sold; null in a week without a sale of known revenue
   */
  @Serdeable
  public record Week(
      LocalDate firstDay, double units, @Nullable Double revenue, @Nullable Double price) {}

  /**
   * A trend series.
   *
   * @param confidence how sure it is that the series belongs to the product, in (0, 1]
   * @param matchedBy what matched
   * @param points as the latest pull reported them, oldest first
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
