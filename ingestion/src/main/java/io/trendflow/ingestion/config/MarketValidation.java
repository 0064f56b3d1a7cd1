package io.trendflow.ingestion.config;

import io.trendflow.schemas.MarketNames;
import java.util.Map;

/** Checks that the configured sources and markets fit together, before a file is opened. */
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
            + ": its market is `"
            + market
            + "`, but the configured markets are "
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
                    + " tells the currency of its money, so markets."
                    + market
                    + ".currency is needed to compare it with: give its ISO 4217 code."));
  }
}
