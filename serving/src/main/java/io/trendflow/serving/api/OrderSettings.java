package io.trendflow.serving.api;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.trendflow.model.order.DecideSettings;

/**
 * Settings of proposed orders, as {@link DecideSettings} describes them.
 *
 * @param defaultMargin 0 if products without a cost have no order quantity
 * @param serviceMin 0 if the profit alone decides
 */
@ConfigurationProperties("trendflow.decide")
record OrderSettings(
    int reviewDays,
    double defaultMargin,
    double salvage,
    double holdingPerYear,
    double serviceMin) {

  DecideSettings decide() {
    return new DecideSettings(
        reviewDays,
        defaultMargin == 0 ? null : defaultMargin,
        salvage,
        holdingPerYear,
        serviceMin == 0 ? null : serviceMin);
  }
}
