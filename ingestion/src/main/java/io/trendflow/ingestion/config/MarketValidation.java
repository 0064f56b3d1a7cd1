package io.trendflow.ingestion.config;

import io.trendflow.schemas.MarketNames;
import java.util.Map;

/** Checks that the configured sources and markets match, before a file is opened. */
public final class MarketValidation {
  private MarketValidation() {}

  public static void check(Map<String, SourceConfig> sources, Map<String, MarketConfig> markets) {
    sources.forEach(
        (name, source) -> {
          if (source.kind() == SourceKind.SALES && !source.columns().containsKey("market")) {
            checkFixed(name, source, markets);
          }
          if (source.gives("currency")) {
            checkCurrencies(name, markets);
          }
        });
  }

  private static void checkFixed(
      String name, SourceConfig source, Map<String, MarketConfig> markets) {
    String market = source.constants().getOrDefault("market", MarketNames.EVERY_MARKET);
    ConfigValidation.that(
        markets.containsKey(market),
        "source "
            + name
            + ": market `"
            + market
            + "` is not one of the configured markets "
            + markets.keySet()
            + ": map a column to market, or name one of them as a constant.");
  }

  private static void checkCurrencies(String name, Map<String, MarketConfig> markets) {
    markets.forEach(
        (market, config) ->
            ConfigValidation.that(
                config.currency() != null,
                "source "
                    + name
                    + " has a currency, but markets."
                    + market
                    + ".currency is missing: set it to an ISO 4217 code such as EUR."));
  }
}
