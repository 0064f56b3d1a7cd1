package io.trendflow.ingestion.config;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a market.
 *
 * @param currency ISO 4217 code of its money; null when its sources carry none
 * @param timeZone in which its days begin and end, UTC by default
 * @param trendGeos places whose trends count for it; none means every place
 */
public record MarketConfig(@Nullable String currency, String timeZone, List<String> trendGeos)
    implements Serializable {
  /** As configured; what is absent takes its default. */
  public MarketConfig(
      @Nullable String currency, @Nullable String timeZone, @Nullable List<String> trendGeos) {
    this.currency = currency;
    this.timeZone = timeZone == null ? "UTC" : timeZone;
    this.trendGeos = ConfigValidation.copy(trendGeos);
    ConfigValidation.that(
        currency == null || currency.matches("[A-Z]{3}"),
        "currency is `" + currency + "`: give an ISO 4217 code such as EUR.");
    zone();
  }

  /** The time zone that {@code timeZone} names. */
  public ZoneId zone() {
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time_zone is `" + timeZone + "`: give a name such as Europe/London.", e);
    }
  }
}
