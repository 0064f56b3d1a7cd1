package io.trendflow.serving.api;

import io.trendflow.schemas.Table;
import io.trendflow.serving.calendar.CalendarPulls;
import io.trendflow.serving.calendar.CalendarReader;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.ProductKeyword;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.SalesRecord;
import io.trendflow.serving.store.SignalRecord;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Reads the history of a product from the warehouse. */
@Singleton
final class HistoryReader {
  private final Warehouse warehouse;
  private final CalendarReader calendar;

  HistoryReader(Warehouse warehouse, CalendarReader calendar) {
    this.warehouse = warehouse;
    this.calendar = calendar;
  }

  /**
   * Request for a history.
   *
   * @param monitors id of the monitoring whose outcomes of a run count, by the run's id
   * @param pulls times of the pulls of the calendars
   * @param weeks maximum number of weeks
   */
  record Question(
      Run run,
      SortedMap<String, String> monitors,
      CalendarPulls pulls,
      CalendarReader.Subject subject,
      int weeks) {}

  /**
   * Reads the history of a product in a market.
   *
   * @throws ProblemException status 503 if the store can't be read
   */
  History of(Question question) {
    Run run = question.run();
    String productId = question.subject().productId();
    String market = question.subject().market();
    int weeks = question.weeks();
    try {
      List<SalesRecord> sales = sales(run, productId, market);
      LocalDate lastDay = run.lastSalesDay();
      LocalDate from = lastDay.minusDays(7L * weeks - 1);
      return new History(
          productId,
          market,
          WeeklySums.of(sales, lastDay, weeks),
          trends(run, keywords(run, productId, market), from),
          calendar.of(run, question.pulls(), question.subject(), from),
          outcomes(question.monitors(), productId, market));
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("history", e);
    }
  }

  private List<SalesRecord> sales(Run run, String productId, String market)
      throws UnreadableException {
    List<SalesRecord> revisions = new ArrayList<>();
    warehouse.read(
        RowSelection.batches(Table.DAILY_SALES, run.ingestIds())
            .where("product_id", List.of(productId))
            .where("market", List.of(market)),
        SalesRecord.class,
        revisions::add);
    return SalesRecord.latest(revisions, Run.endOf(run.asOf()));
  }

  private List<OutcomeRecord> outcomes(
      SortedMap<String, String> monitors, String productId, String market)
      throws UnreadableException {
    if (monitors.isEmpty()) {
      return List.of();
    }
    List<OutcomeRecord> outcomes =
        OutcomeReader.counting(
            warehouse,
            monitors,
            rows -> rows.where("product_id", List.of(productId)).where("market", List.of(market)));
    outcomes.sort(Comparator.comparing(OutcomeRecord::asOf));
    return outcomes;
  }

  private List<ProductKeyword> keywords(Run run, String productId, String market)
      throws UnreadableException {
    List<ProductKeyword> keywords = new ArrayList<>();
    warehouse.read(
        RowSelection.batches(Table.PRODUCT_KEYWORDS, List.of(run.runId()))
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
    Map<SignalRecord.Series, List<SignalRecord>> series = new LinkedHashMap<>();
    warehouse.read(
        RowSelection.batches(Table.SIGNALS, run.ingestIds())
            .where("keyword", words)
            .since("observed_on", from)
            .orderedBy("source", "metric", "keyword", "geo"),
        SignalRecord.class,
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
      ProductKeyword keyword,
      SignalRecord.Series of,
      List<SignalRecord> signals,
      LocalDate cutoff) {
    return new History.Trend(
        of.source(),
        of.metric(),
        of.keyword(),
        of.geo(),
        keyword.confidence(),
        keyword.matchedBy(),
        SignalRecord.latestPull(signals, cutoff));
  }
}
