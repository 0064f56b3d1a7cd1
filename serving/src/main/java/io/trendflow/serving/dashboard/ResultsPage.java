package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.RunResult;
import io.trendflow.serving.api.ValueAdded;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.ModelEventRecord;
import io.trendflow.serving.web.SiteAddress;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page about what became of earlier forecasts.
 *
 * @param results results of earlier runs, the latest first
 * @param first outcomes of the first 50 products of each market in the run that is shown
 * @param run the run that is shown; null if there is none
 * @param market the market that is shown; null for all
 * @param markets markets that the user may choose from
 * @param added how much people's own forecasts added
 * @param models models, whose test on past dates is shown before there are results
 */
record ResultsPage(
    List<RunResult> results,
    List<OutcomeRecord> first,
    @Nullable String run,
    @Nullable String market,
    Collection<String> markets,
    List<Model> models,
    ValueAdded added,
    PageLanguage language) {
  private static final int MOST_PRODUCTS = 10;
  private static final Comparator<OutcomeRecord> BEST_FIRST =
      Comparator.comparingDouble(OutcomeRecord::realisedUplift)
          .reversed()
          .thenComparing(OutcomeRecord::market)
          .thenComparing(OutcomeRecord::productId);

  /** Returns whether a result is of the run that is shown. */
  boolean shows(RunResult result) {
    return result.runId().equals(run);
  }

  /** Returns the results of the run that is shown, one for each market. */
  List<RunResult> shown() {
    return results.stream().filter(this::shows).toList();
  }

  /**
   * Returns the days that the run which is shown predicted, for a product on sale at its cutoff.
   */
  String period() {
    return period(shown().get(0));
  }

  String period(RunResult result) {
    LocalDate asOf = result.asOf();
    return language.wording().days(asOf.plusDays(1), asOf.plusDays(result.horizonDays()));
  }

  /** Returns the number of the first products, in all markets together. */
  long firstRows() {
    return shown().stream().mapToLong(RunResult::firstRows).sum();
  }

  /** Returns the number of the first products that sold more than their usual pace. */
  long firstHits() {
    return shown().stream().mapToLong(RunResult::firstHits).sum();
  }

  /** Returns the units beyond the usual pace that the first products promised. */
  double promised() {
    return shown().stream().mapToDouble(RunResult::firstPromisedUnits).sum();
  }

  /** Returns the units beyond the usual pace that the first products sold. */
  double realised() {
    return shown().stream().mapToDouble(RunResult::firstRealisedUnits).sum();
  }

  /** Returns the share of the promised units that were sold; null if nothing was promised. */
  @Nullable Double kept() {
    return promised() > 0 ? (Double) (realised() / promised()) : null;
  }

  /** Returns the share of all products that sold within their likely range. */
  double coverage() {
    double rows = shown().stream().mapToDouble(RunResult::rows).sum();
    return shown().stream().mapToDouble(result -> result.coverage() * result.rows()).sum() / rows;
  }

  /** Returns those of the first products that beat their usual pace by most, the best first. */
  List<OutcomeRecord> best() {
    return first.stream().sorted(BEST_FIRST).limit(count()).toList();
  }

  /** Returns those of the first products that beat their usual pace by least, the worst first. */
  List<OutcomeRecord> worst() {
    return first.stream().sorted(BEST_FIRST.reversed()).limit(count()).toList();
  }

  // No product is among the best and the worst.
  private int count() {
    return Math.min(MOST_PRODUCTS, first.size() / 2);
  }

  String name(OutcomeRecord outcome) {
    return Objects.requireNonNullElse(outcome.name(), outcome.productId());
  }

  String address(OutcomeRecord outcome) {
    return SiteAddress.product(outcome.productId(), outcome.market());
  }

  String address(RunResult result) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("run", result.runId());
    parameters.put("market", market);
    return SiteAddress.of("/results", parameters);
  }

  String addressOf(@Nullable String other) {
    return SiteAddress.of("/results", "market", other);
  }

  /** Returns a figure of the test on past dates of the model in use; null if it has none. */
  @Nullable Double tested(String metric) {
    ModelEventRecord.Metric tested = Model.tested(models, metric);
    return tested == null ? null : tested.value();
  }
}
