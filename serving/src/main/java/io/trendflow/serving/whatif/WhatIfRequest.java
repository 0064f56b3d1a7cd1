package io.trendflow.serving.whatif;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.history.DayRange;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.HorizonPlan;
import io.trendflow.history.PlannedEvent;
import io.trendflow.serving.web.QueryParameters;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plan of a what-if.
 *
 * @param market market of the product
 * @param price price of a unit on every day of the forecast period without a deeper promotion, in
 *     the currency of the score; the planned prices if it is absent
 * @param promotions promotions of the forecast period in place of those that are planned, at most
 *     20; none if the list is empty, the planned ones if it is absent
 */
@Serdeable
@Schema(
    name = "WhatIfRequest",
    additionalProperties = Schema.AdditionalPropertiesValue.FALSE,
    requiredProperties = "market")
record WhatIfRequest(
    @Schema(minLength = 1) @Nullable String market,
    @Nullable Double price,
    @Nullable List<@Nullable PlannedPromotion> promotions) {
  private static final int MOST_PROMOTIONS = 20;
  private static final int HIGHEST_PRICE = 1_000_000_000;

  /**
   * Promotion of a what-if.
   *
   * @param startsOn first day, such as 2026-07-01, within the forecast period
   * @param endsOn last day, within the forecast period
   * @param depth share by which the price is below the list price, such as 0.2 for 20 % off; from 0
   *     to less than 1
   */
  @Serdeable
  @Schema(
      name = "PromotionRequest",
      additionalProperties = Schema.AdditionalPropertiesValue.FALSE,
      requiredProperties = {"starts_on", "ends_on", "depth"})
  record PlannedPromotion(
      @Nullable String startsOn, @Nullable String endsOn, @Nullable Double depth) {}

  /**
   * Returns the plan that the request asks about.
   *
   * @param published plan under which the score was published
   * @throws io.trendflow.serving.web.ProblemException status 400 naming the property that is not
   *     valid
   */
  HorizonPlan plan(HorizonPlan published) {
    HorizonPlan plan = published;
    if (promotions != null) {
      if (promotions.size() > MOST_PROMOTIONS) {
        throw QueryParameters.refused(
            "promotions",
            "'promotions' has %d entries: use at most %d."
                .formatted(promotions.size(), MOST_PROMOTIONS));
      }
      plan =
          plan.withPromotions(
              promotions.stream().map(promotion -> event(promotion, published)).toList());
    }
    if (price == null) {
      return plan;
    }
    if (!(price > 0 && price <= HIGHEST_PRICE)) {
      throw QueryParameters.refused(
          "price",
          "'price' is %s: use a price above 0 and up to %d.".formatted(price, HIGHEST_PRICE));
    }
    return plan.withPrice(price);
  }

  private static PlannedEvent event(@Nullable PlannedPromotion promotion, HorizonPlan published) {
    if (promotion == null) {
      throw QueryParameters.refused(
          "promotions",
          "'promotions' has an empty entry: give each promotion starts_on, ends_on and depth.");
    }
    LocalDate first = day("starts_on", promotion.startsOn());
    LocalDate last = day("ends_on", promotion.endsOn());
    if (last.isBefore(first)) {
      throw QueryParameters.refused(
          "ends_on",
          "A promotion ends on %s, before it starts on %s: use a later 'ends_on'."
              .formatted(last, first));
    }
    LocalDate from = LocalDate.ofEpochDay(published.first());
    LocalDate to = from.plusDays(published.days() - 1L);
    if (first.isBefore(from) || last.isAfter(to)) {
      throw QueryParameters.refused(
          first.isBefore(from) ? "starts_on" : "ends_on",
          "A promotion is from %s to %s, but the forecast period is from %s to %s: use days of the forecast period."
              .formatted(first, last, from, to));
    }
    Double depth = promotion.depth();
    if (depth == null || !(depth >= 0 && depth < 1)) {
      throw QueryParameters.refused(
          "depth",
          "'depth' is %s: use a share from 0 to less than 1, such as 0.2 for 20 %% off."
              .formatted(depth == null ? "missing" : depth));
    }
    return PlannedEvent.known(
        new DayRange(EpochTimes.day(first), EpochTimes.day(last)), PlannedEvent.Kind.PROMO, depth);
  }

  private static LocalDate day(String name, @Nullable String text) {
    if (text == null) {
      throw QueryParameters.refused(
          name, "'%s' of a promotion is missing: use a day such as 2026-07-01.".formatted(name));
    }
    QueryParameters.requireText(name, text);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw QueryParameters.refused(
          name,
          "'%s' is not a valid date for '%s': use YYYY-MM-DD, for example 2026-07-01."
              .formatted(text, name));
    }
  }
}
