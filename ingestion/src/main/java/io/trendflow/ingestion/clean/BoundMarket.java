package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.QuotedText;
import io.trendflow.schemas.MarketNames;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Market and currency of records, bound to the columns of a file. */
final class BoundMarket {
  private final FileTask task;
  private final BoundField market;
  private final BoundField currency;
  private final boolean bound;
  private final Map<String, ZoneId> zones = new HashMap<>();
  private final @Nullable String commonCurrency;

  BoundMarket(FileTask task, FileHeader header) throws FileRejectedException {
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

  /** Returns the market of a record; {@code all} if the source has no market. */
  String name(String[] record) throws RecordDefectException {
    String name = bound ? market.required(record) : MarketNames.EVERY_MARKET;
    boolean everywhere =
        name.equals(MarketNames.EVERY_MARKET) && task.source().kind().holdsForEveryMarket();
    if (!everywhere && !task.markets().containsKey(name)) {
      throw new RecordDefectException(
          RejectReason.UNKNOWN_MARKET,
          market
              + " is "
              + QuotedText.quoted(name)
              + ", which is not one of the configured markets "
              + task.markets().keySet()
              + ".");
    }
    return name;
  }

  ZoneId zone(String name) {
    return zones.getOrDefault(name, ZoneOffset.UTC);
  }

  /**
   * Returns the currency of a record's money; null if it is not known.
   *
   * @throws FileRejectedException if the currency is not the market's, because amounts in two
   *     currencies cannot be added
   */
  @Nullable String currency(String name, String[] record)
      throws FileRejectedException, RecordDefectException {
    Map<String, MarketConfig> markets = task.markets();
    MarketConfig config = markets.get(name);
    String expected = config == null ? commonCurrency : config.currency();
    String given = currency.text(record);
    if (given != null && expected != null && !given.equals(expected)) {
      throw new FileRejectedException(
          task.file().label()
              + " has money in "
              + QuotedText.shortened(given)
              + " in market "
              + name
              + ", whose currency is "
              + expected
              + ": filter these records out or map them to a market of their own.");
    }
    return given == null ? expected : given;
  }
}
