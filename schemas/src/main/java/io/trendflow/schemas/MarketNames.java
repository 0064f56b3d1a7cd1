package io.trendflow.schemas;

/** Names of markets with a meaning of their own. */
public final class MarketNames {
  /** The market of records that have none, and of products that are listed in every market. */
  public static final String EVERY_MARKET = "all";

  private MarketNames() {}
}
