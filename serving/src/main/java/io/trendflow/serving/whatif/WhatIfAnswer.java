package io.trendflow.serving.whatif;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Forecast of a product under another plan of prices and promotions, beside the published one.
 *
 * @param horizonStart first day of the forecast period
 * @param horizonEnd last day of the forecast period
 * @param currency ISO 4217 code of prices, revenue and profit; null if it is unknown
 * @param baselineUnits units that the baseline predicts, whatever is planned
 * @param published forecast of the latest run
 * @param whatIf forecast under the plan of the request
 * @param meaning meaning of the difference, in a sentence for people
 */
@Serdeable
@Schema(name = "WhatIf")
record WhatIfAnswer(
    String market,
    String productId,
    LocalDate horizonStart,
    LocalDate horizonEnd,
    @Nullable String currency,
    double baselineUnits,
    PlanForecast published,
    PlanForecast whatIf,
    String meaning) {
  static final String MEANING =
      "The difference is what the model has learned from past prices and promotions and the sales at that time. It is not proof that the price or the promotion is the cause.";
}
