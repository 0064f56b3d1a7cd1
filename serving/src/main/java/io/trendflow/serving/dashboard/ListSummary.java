package io.trendflow.serving.dashboard;

import io.trendflow.schemas.FirstProducts;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.RunResult;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.store.ModelEventRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Figures above the list, about the first products of each market that is shown: those with a rank
 * of at most {@link FirstProducts#MOST}.
 *
 * @param extra uplift of the first products, by currency, or in units if no price is known
 * @param kept share of such an uplift that came true in the tests on past dates; null if unknown
 * @param entered number of first products that were not among the first in the run before; null if
 *     there is no such run
 * @param since day of that run; null if there is none
 * @param hits products of the last complete run, or of the tests, that beat their usual pace
 * @param slowing number of products that are slowing down
 * @param loss their uplift
 */
record ListSummary(
    String extra,
    @Nullable Kept kept,
    @Nullable Integer entered,
    @Nullable LocalDate since,
    @Nullable Hits hits,
    long slowing,
    String loss) {
  /** Standard errors on each side of a tested figure, for a range of about 95 %. */
  private static final double ERRORS = 2;

  /** Range of the share of an uplift that came true, from the lowest to the highest likely one. */
  record Kept(double lower, double upper) {}

  /**
   * Products that beat their usual pace.
   *
   * @param of number of all first products
   * @param asOf day of the run; null if the figure is from the tests on past dates
   */
  record Hits(long count, long of, @Nullable LocalDate asOf) {}

  static ListSummary of(CallerView view, @Nullable String market, PageLanguage language) {
    List<RollUp> markets =
        view.marketSums().stream()
            .filter(sum -> market == null || market.equals(sum.market()))
            .toList();
    List<ScoreRecord> first = new ArrayList<>();
    markets.forEach(sum -> first.addAll(view.first(sum.market(), FirstProducts.MOST)));
    Run before = view.run().modelId() == null ? null : view.rankedBefore();
    return new ListSummary(
        amounts(first.stream().map(score -> RollUp.of(score, null)).toList(), false, language),
        kept(view.models()),
        before == null ? null : (Integer) (int) first.stream().filter(s -> isNew(s, view)).count(),
        before == null ? null : before.asOf(),
        hits(view, market),
        markets.stream().mapToLong(RollUp::slowingProducts).sum(),
        amounts(markets, true, language));
  }

  private static boolean isNew(ScoreRecord score, CallerView view) {
    int rank = view.rankBefore(score);
    return rank == 0 || rank > FirstProducts.MOST;
  }

  /** Returns the sums of uplifts by currency, or in units if there is no amount. */
  private static String amounts(List<RollUp> sums, boolean ofSlowing, PageLanguage language) {
    SortedMap<String, Double> amounts = new TreeMap<>();
    double units = 0;
    for (RollUp sum : sums) {
      Double amount = ofSlowing ? sum.slowingRevenue() : sum.upliftRevenue();
      units += ofSlowing ? sum.slowingUnits() : sum.upliftUnits();
      if (amount != null) {
        amounts.merge(Objects.requireNonNullElse(sum.currency(), ""), amount, Double::sum);
      }
    }
    if (amounts.isEmpty()) {
      return language.say("units", language.wording().signed(units));
    }
    return amounts.entrySet().stream()
        .map(
            one ->
                language
                    .wording()
                    .signedMoney(one.getValue(), one.getKey().isEmpty() ? null : one.getKey()))
        .collect(Collectors.joining(" · "));
  }

  private static @Nullable Kept kept(List<Model> models) {
    ModelEventRecord.Metric tested = Model.tested(models, "promise_kept_50");
    if (tested == null || tested.value() == null || tested.standardError() == null) {
      return null;
    }
    double half = ERRORS * tested.standardError();
    return new Kept(Math.max(0, tested.value() - half), tested.value() + half);
  }

  private static @Nullable Hits hits(CallerView view, @Nullable String market) {
    List<RunResult> results =
        view.results().stream()
            .filter(result -> market == null || market.equals(result.market()))
            .toList();
    if (!results.isEmpty()) {
      String latest = results.get(0).runId();
      List<RunResult> own = results.stream().filter(r -> r.runId().equals(latest)).toList();
      return new Hits(
          own.stream().mapToLong(RunResult::firstHits).sum(),
          own.stream().mapToLong(RunResult::firstRows).sum(),
          own.get(0).asOf());
    }
    ModelEventRecord.Metric tested = Model.tested(view.models(), "hit_rate_50");
    return tested == null || tested.value() == null
        ? null
        : new Hits(Math.round(FirstProducts.MOST * tested.value()), FirstProducts.MOST, null);
  }
}
