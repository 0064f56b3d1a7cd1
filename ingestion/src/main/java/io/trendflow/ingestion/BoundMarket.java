package io.trendflow.ingestion;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The market of a record, and the currency that its money must have. */
final class BoundMarket {
  /** The market of records that have none, and of products listed in every market. */
  static final String ALL = "all";

  private final FileTask task;
  private final BoundField market;
  private final BoundField currency;
  private final boolean bound;
  private final Map<String, ZoneId> zones = new HashMap<>();
  private final @Nullable String commonCurrency;

  BoundMarket(FileTask task, Header header) throws Refusal {
    this.task = task;
    this.market = new BoundField("market", task.source(), header);
    this.currency = new BoundField("currency", task.source(), header);
    task.markets().forEach((name, config) -> zones.put(name, config.zone()));
    this.bound = task.source().gives("market");
    Set<String> currencies =
        task.markets().values().stream()
            .map(MarketConfig::currency)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(HashSet::new));
    this.commonCurrency = currencies.size() == 1 ? currencies.iterator().next() : null;
  }

  /** The record's market; {@code all} where the source has none. */
  String name(String[] record) throws Defect {
    String name = bound ? market.required(record) : ALL;
    boolean everywhere = name.equals(ALL) && task.source().kind() == SourceKind.CATALOG;
    if (!everywhere && !task.markets().containsKey(name)) {
      throw new Defect(
          Reason.UNKNOWN_MARKET,
          market
              + " is "
              + BoundField.quoted(name)
              + ", which is not among the configured "
              + task.markets().keySet()
              + ".");
    }
    return name;
  }

  ZoneId zone(String name) {
    return zones.getOrDefault(name, ZoneOffset.UTC);
  }

  /**
   * The currency of the record's money; null when nobody tells it.
   *
   * @throws Refusal if it is not the market's: sums over two currencies mean nothing
   */
  @Nullable String currency(String name, String[] record) throws Refusal, Defect {
    Map<String, MarketConfig> markets = task.markets();
    MarketConfig config = markets.get(name);
    String expected = config == null ? commonCurrency : config.currency();
    String given = currency.text(record);
    if (given != null && expected != null && !given.equals(expected)) {
      throw new Refusal(
          task.file().label()
              + " has money in "
              + BoundField.shortened(given)
              + " in market "
              + name
              + ", whose currency is "
              + expected
              + ": filter these records out or give them a market of their own.");
    }
    return given == null ? expected : given;
  }
}
