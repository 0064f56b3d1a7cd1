package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Row of {@code prediction.scores}, described by its contract, and item of the API's answers. A new
 * column of the contract needs only a new component here.
 */
@Serdeable
@Schema(name = "Score")
public record ScoreRecord(
    String runId,
    LocalDate asOf,
    long horizonDays,
    LocalDate horizonStart,
    String market,
    String productId,
    @Nullable String name,
    @Nullable String category,
    @Nullable String brand,
    String lifecycle,
    @Nullable LocalDate launchDate,
    double expectedUnits,
    double medianUnits,
    double lowerUnits,
    double upperUnits,
    double baselineUnits,
    double upliftUnits,
    @Nullable Double upliftRevenue,
    double potential,
    long rank,
    @Nullable Double growth,
    @Nullable BigDecimal price,
    boolean priceAssumed,
    @Nullable String currency,
    List<Double> recentWeeklyUnits,
    @Nullable String modelId,
    List<ReasonRecord> reasons,
    List<Family> families,
    @Nullable Double unitsQ05,
    @Nullable Double unitsQ10,
    @Nullable Double unitsQ25,
    @Nullable Double unitsQ50,
    @Nullable Double unitsQ75,
    @Nullable Double unitsQ90,
    @Nullable Double unitsQ95,
    @Nullable Double chance,
    @Nullable String state,
    @Nullable Boolean checkStock,
    List<Double> weeklyUnits,
    List<FurtherHorizon> furtherHorizons)
    implements ProductKeyed {

  /**
   * Family of inputs and what it contributes: an element of the column families.
   *
   * @param family recent_sales, history, searches, social, visits, price, product, launches,
   *     missing (inputs without a value) or usual_level (the mean of all products and the
   *     corrections that earlier forecasts taught)
   * @param contribution what the family adds to log((1 + expected_units) / (1 + baseline_units));
   *     the families add up to it
   * @param units share of uplift_units; the families add up to it
   * @param effect relative change of 1 + expected_units by the contribution, in %
   */
  @Serdeable
  @Schema(name = "Family")
  public record Family(String family, double contribution, double units, double effect) {}

  /**
   * Prediction over a further horizon: an element of the column further_horizons.
   *
   * @param horizonDays length of the horizon, in days; it begins on the score's horizon_start
   * @param expectedUnits expected units over the horizon
   * @param unitsQ05 units that are not exceeded with a probability of 5 %
   * @param unitsQ10 units that are not exceeded with a probability of 10 %
   * @param unitsQ25 units that are not exceeded with a probability of 25 %
   * @param unitsQ50 units that are not exceeded with a probability of 50 %
   * @param unitsQ75 units that are not exceeded with a probability of 75 %
   * @param unitsQ90 units that are not exceeded with a probability of 90 %
   * @param unitsQ95 units that are not exceeded with a probability of 95 %
   * @param modelId model that predicted the horizon
   */
  @Serdeable
  @Schema(name = "FurtherHorizon")
  public record FurtherHorizon(
      long horizonDays,
      double expectedUnits,
      double unitsQ05,
      double unitsQ10,
      double unitsQ25,
      double unitsQ50,
      double unitsQ75,
      double unitsQ90,
      double unitsQ95,
      String modelId) {}
}
