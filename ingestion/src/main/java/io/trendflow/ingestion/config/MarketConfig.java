package io.trendflow.ingestion.config;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a market.
 *
 * @param currency ISO 4217 code of its money; null if its sources have no currency
 * @param timeZone time zone of its days, UTC by default
 * @param country ISO 3166 code of the country whose public holidays count; by default the country
 *     of the first of {@code trendGeos}, null if there is none
 * @param trendGeos places whose trends are used for the market; empty means every place
 */
public record MarketConfig(
    @Nullable String currency, String timeZone, @Nullable String country, List<String> trendGeos)
    implements Serializable {
  /** Creates a market and sets absent parts to their defaults. */
  public MarketConfig(
      @Nullable String currency,
      @Nullable String timeZone,
      @Nullable String country,
      @Nullable List<String> trendGeos) {
    this.currency = currency;
    this.timeZone = timeZone == null ? "UTC" : timeZone;
    this.trendGeos = ConfigValidation.copy(trendGeos);
    this.country = country == null ? countryOf(this.trendGeos) : country;
    ConfigValidation.that(
        country == null || country.matches("[A-Z]{2}"),
        "country is `" + country + "`: use an ISO 3166 code such as FR.");
    ConfigValidation.that(
        currency == null || currency.matches("[A-Z]{3}"),
        "currency is `" + currency + "`: use an ISO 4217 code such as EUR.");
    zone();
  }

  /** Returns the country of the first place: FR for FR and for FR-IDF. */
  private static @Nullable String countryOf(List<String> geos) {
    return geos.stream()
        .limit(1)
        .filter(geo -> geo.matches("[A-Z]{2}(-.*)?"))
        .map(geo -> geo.substring(0, 2))
        .findFirst()
        .orElse(null);
  }

  /** Returns the time zone that {@code timeZone} names. */
  public ZoneId zone() {
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time_zone is `" + timeZone + "`: use a name such as Europe/London.", e);
    }
  }
}
