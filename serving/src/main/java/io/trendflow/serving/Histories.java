package io.trendflow.serving;

import io.micronaut.http.HttpStatus;
import io.trendflow.schemas.Table;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the history of a product from the warehouse. */
@Singleton
final class Histories {
  private final Warehouse warehouse;

  Histories(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * The weeks and trends of a product in a market.
   *
   * @throws ProblemException 503 when the store can't be read
   */
  History of(Run run, String productId, String market, int weeks) {
    try {
      List<Sale> sales = sales(run, productId, market);
      LocalDate lastDay = run.lastSalesDay();
      LocalDate from = lastDay.minusDays(7L * weeks - 1);
      return new History(
          productId,
          market,
          Weeks.of(sales, lastDay, weeks),
          trends(run, keywords(run, productId, market), from));
    } catch (UnreadableException e) {
      throw new ProblemException(
          Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "The history can't be read: " + e.getMessage() + "."));
    }
  }

  private List<Sale> sales(Run run, String productId, String market) throws UnreadableException {
    List<Sale> revisions = new ArrayList<>();
    warehouse.read(
        Selection.batches(Table.DAILY_SALES, run.ingestIds())
            .where("product_id", List.of(productId))
            .where("market", List.of(market)),
        Sale.class,
        revisions::add);
    return Sale.latest(revisions, Run.endOf(run.asOf()));
  }

  private List<ProductKeyword> keywords(Run run, String productId, String market)
      throws UnreadableException {
    List<ProductKeyword> keywords = new ArrayList<>();
    warehouse.read(
        Selection.batches(Table.PRODUCT_KEYWORDS, List.of(run.runId()))
            .where("product_id", List.of(productId))
            .where("market", List.of(market)),
        ProductKeyword.class,
        keywords::add);
    return keywords;
  }

  private List<History.Trend> trends(Run run, List<ProductKeyword> keywords, LocalDate from)
      throws UnreadableException {
    if (keywords.isEmpty()) {
      return List.of();
    }
    Set<String> words = keywords.stream().map(ProductKeyword::keyword).collect(Collectors.toSet());
    Map<Signal.Series, List<Signal>> series = new LinkedHashMap<>();
    warehouse.read(
        Selection.batches(Table.SIGNALS, run.ingestIds())
            .where("keyword", words)
            .since("observed_on", from)
            .orderedBy("source", "metric", "keyword", "geo"),
        Signal.class,
        signal -> series.computeIfAbsent(signal.series(), s -> new ArrayList<>()).add(signal));
    List<History.Trend> trends = new ArrayList<>();
    series.forEach(
        (of, signals) ->
            keywords.stream()
                .filter(keyword -> keyword.names(of))
                .findFirst()
                .ifPresent(keyword -> trends.add(trend(keyword, of, signals, run.asOf()))));
    return trends;
  }

  private static History.Trend trend(
      ProductKeyword keyword, Signal.Series of, List<Signal> signals, LocalDate cutoff) {
    return new History.Trend(
        of.source(),
        of.metric(),
        of.keyword(),
        of.geo(),
        keyword.confidence(),
        keyword.matchedBy(),
        Signal.latestPull(signals, cutoff).stream().map(Signal::point).toList());
  }
}
