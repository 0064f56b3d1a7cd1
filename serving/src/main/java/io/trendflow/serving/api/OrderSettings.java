package io.trendflow.serving.api;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.trendflow.model.order.DecideSettings;
import org.jspecify.annotations.Nullable;

/** Settings of proposed orders, as {@link DecideSettings} describes them. */
@ConfigurationProperties("trendflow.decide")
record OrderSettings(
    @Nullable Integer reviewDays,
    @Nullable Double defaultMargin,
    @Nullable Double salvage,
    @Nullable Double holdingPerYear,
    @Nullable Double serviceMin) {

  DecideSettings decide() {
    DecideSettings usual = DecideSettings.DEFAULTS;
    return new DecideSettings(
        reviewDays == null ? usual.reviewDays() : reviewDays,
        defaultMargin,
        salvage == null ? usual.salvage() : salvage,
        holdingPerYear == null ? usual.holdingPerYear() : holdingPerYear,
        serviceMin);
  }
}
