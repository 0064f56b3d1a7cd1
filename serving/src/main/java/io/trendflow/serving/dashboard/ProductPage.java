package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.History;
import io.trendflow.serving.api.Product;
import io.trendflow.serving.api.Similar;
import io.trendflow.serving.decision.Decision;
import io.trendflow.serving.launch.PastLaunch;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.SiteAddress;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page of a product in a market.
 *
 * @param everywhere the product in each market in which it is known
 * @param product the product in the market that is shown
 * @param history null if it can't be read
 * @param launches launches that it can be compared with; empty for a product launched long ago
 * @param launchOutcomes what became of the market's forecasts of launches
 * @param order units to order; null for a product that is not scored
 * @param decisions decisions about the product that stand, the latest first
 * @param trail way back to the page that the user came from
 * @param form form that adds a decision; null for a user who may only read
 */
record ProductPage(
    List<Product> everywhere,
    Product product,
    @Nullable History history,
    List<Similar> similar,
    List<PastLaunch> launches,
    List<OutcomeRecord> launchOutcomes,
    @Nullable OrderUnits order,
    List<Decision> decisions,
    @Nullable DecisionForm form,
    Run run,
    PageTrail trail,
    PageLanguage language) {

  /** Returns the URL to which the form of decisions is sent. */
  String decisionsAddress() {
    return SiteAddress.decisions(product.productId());
  }

  /** Returns the allowed actions. */
  List<String> actions() {
    return Decision.ACTIONS;
  }

  /**
   * Forecast of a run.
   *
   * @param outcome what was sold; null before the end of the period, or if it can't be read
   */
  record Said(
      LocalDate asOf,
      double expected,
      double baseline,
      double potential,
      @Nullable OutcomeRecord outcome) {}

  /** Returns the score as text; null for a product that is not scored. */
  @Nullable ScoreRow row() {
    ScoreRecord score = product.score();
    return score == null ? null : new ScoreRow(score, language);
  }

  /** Returns a potential as the rows of lists have it. */
  String potential(Said said) {
    return ScoreRow.potential(said.potential(), wording());
  }

  String name() {
    CatalogRecord entry = product.catalog();
    ScoreRow row = row();
    if (row != null) {
      return row.name();
    }
    return entry == null || entry.name() == null ? product.productId() : entry.name();
  }

  String lifecycle() {
    return language.value("lifecycle", lifecycleCode());
  }

  String lifecycleCode() {
    return Objects.toString(product.lifecycle(), "unknown");
  }

  /** Returns the reason why there is no score. */
  String unscored() {
    return language.value("unscored", lifecycleCode());
  }

  String address(Product other) {
    return SiteAddress.product(other.productId(), other.market());
  }

  boolean shows(Product other) {
    return Objects.equals(other.market(), product.market());
  }

  /** Returns the days that are predicted; null if there is no score. */
  @Nullable String period() {
    ScoreRecord score = product.score();
    return score == null ? null : wording().days(score.horizonStart(), lastDay(score));
  }

  private static LocalDate lastDay(ScoreRecord score) {
    return score.horizonStart().plusDays(score.horizonDays() - 1);
  }

  /** Returns the way from the usual pace to the expected units; null for a run without families. */
  @Nullable UpliftWaterfall waterfall() {
    ScoreRecord score = product.score();
    return score == null ? null : UpliftWaterfall.of(score, language);
  }

  /**
   * Week of the forecast.
   *
   * @param units expected units of its days
   * @param pace the same for seven days
   */
  record ExpectedWeek(LocalDate firstDay, LocalDate lastDay, double units, double pace) {}

  /** Returns the expected units by week; empty for a run before weeks and without a score. */
  List<ExpectedWeek> expectedWeeks() {
    ScoreRecord score = product.score();
    return score == null
        ? List.of()
        : IntStream.range(0, score.weeklyUnits().size())
            .mapToObj(week -> expectedWeek(score, week))
            .toList();
  }

  private static ExpectedWeek expectedWeek(ScoreRecord score, int week) {
    int days = (int) Math.min(7, score.horizonDays() - 7L * week);
    LocalDate first = score.horizonStart().plusWeeks(week);
    double units = score.weeklyUnits().get(week);
    return new ExpectedWeek(first, first.plusDays(days - 1), units, units * 7 / days);
  }

  /**
   * Forecast of a number of days.
   *
   * @param lower lower end of the likely range
   * @param upper upper end of the likely range
   */
  record HorizonForecast(
      LocalDate firstDay,
      LocalDate lastDay,
      long days,
      double expected,
      double lower,
      double upper) {}

  /**
   * Returns the forecasts of all horizons, the shortest first; empty for a run with a single one
   * and without a score.
   */
  List<HorizonForecast> horizons() {
    ScoreRecord score = product.score();
    if (score == null || score.furtherHorizons().isEmpty()) {
      return List.of();
    }
    LocalDate first = score.horizonStart();
    return Stream.concat(
            Stream.of(
                new HorizonForecast(
                    first,
                    lastDay(score),
                    score.horizonDays(),
                    score.expectedUnits(),
                    score.lowerUnits(),
                    score.upperUnits())),
            score.furtherHorizons().stream()
                .map(
                    further ->
                        new HorizonForecast(
                            first,
                            first.plusDays(further.horizonDays() - 1),
                            further.horizonDays(),
                            further.expectedUnits(),
                            further.unitsQ10(),
                            further.unitsQ90())))
        .toList();
  }

  /** Returns the launches that the product is compared with; null if there are too few. */
  @Nullable LaunchCurves curves() {
    return LaunchCurves.of(launches, launchOutcomes, product.score(), order, language);
  }

  /** Returns the reasons of a run before families, the largest contribution first. */
  List<ReasonLine> reasons() {
    ScoreRecord score = product.score();
    return score == null
        ? List.of()
        : score.reasons().stream().map(r -> ReasonLine.of(score, r, language)).toList();
  }

  /** Returns the weekly sales and trends; null if the history can't be read. */
  @Nullable WeekTable weeks() {
    return history == null ? null : WeekTable.of(history, run.lastSalesDay());
  }

  /** Returns the planned events, past and coming, the earliest first. */
  List<PlannedLine> planned() {
    return history == null
        ? List.of()
        : history.planned().stream().map(event -> PlannedLine.of(event, language)).toList();
  }

  /** Returns the forecasts of the runs, oldest first, ending with the served run. */
  List<Said> said() {
    ScoreRecord score = product.score();
    if (score == null) {
      return List.of();
    }
    Map<String, OutcomeRecord> outcomes = new HashMap<>();
    if (history != null) {
      history.outcomes().forEach(outcome -> outcomes.put(outcome.runId(), outcome));
    }
    Stream<Said> past =
        product.history().stream()
            .map(
                p ->
                    new Said(
                        p.asOf(),
                        p.expectedUnits(),
                        p.baselineUnits(),
                        p.potential(),
                        outcomes.get(p.runId())));
    return Stream.concat(
            past,
            Stream.of(
                new Said(
                    score.asOf(),
                    score.expectedUnits(),
                    score.baselineUnits(),
                    score.potential(),
                    outcomes.get(score.runId()))))
        .toList();
  }

  /** Returns the facts in the catalogue, by label. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    CatalogRecord entry = product.catalog();
    if (entry == null) {
      return facts;
    }
    put(facts, "fact.category", entry.category());
    put(facts, "fact.brand", entry.brand());
    if (entry.price() != null) {
      facts.put(
          language.say("fact.price"),
          wording().price(entry.price().doubleValue(), entry.currency()));
    }
    put(facts, "fact.launch", day(entry.launchDate()));
    put(facts, "fact.discontinued", day(entry.discontinuedOn()));
    if (entry.inStock() != null) {
      facts.put(language.say("fact.stock"), language.say(entry.inStock() ? "yes" : "no"));
    }
    entry.attributes().forEach(attribute -> facts.put(attribute.name(), attribute.value()));
    put(facts, "fact.keywords", String.join(", ", entry.keywords()));
    return facts;
  }

  private void put(Map<String, String> facts, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.put(language.say(key), value);
    }
  }

  private @Nullable String day(@Nullable LocalDate day) {
    return day == null ? null : wording().day(day);
  }

  /** Returns the currency of the market; null if neither the run nor the catalogue has one. */
  @Nullable String currency() {
    ScoreRecord score = product.score();
    if (score != null) {
      return score.currency();
    }
    return product.catalog() == null ? null : product.catalog().currency();
  }

  List<ScoreRow> similarRows() {
    return similar.stream().map(s -> new ScoreRow(s.score(), language)).toList();
  }

  /** Returns the attributes of the weeks' table that tell the chart which days to shade. */
  Map<String, String> horizon() {
    ScoreRecord score = product.score();
    if (score == null) {
      return Map.of();
    }
    double weeks = score.horizonDays() / 7.0;
    return Map.of(
        "data-from", score.horizonStart().toString(),
        "data-to", lastDay(score).toString(),
        "data-expected", String.valueOf(score.expectedUnits() / weeks),
        "data-paces", paces(),
        "data-lower", String.valueOf(score.lowerUnits() / weeks),
        "data-upper", String.valueOf(score.upperUnits() / weeks),
        "data-baseline", String.valueOf(score.baselineUnits() / weeks));
  }

  private String paces() {
    return expectedWeeks().stream()
        .map(week -> String.valueOf(week.pace()))
        .collect(Collectors.joining(","));
  }

  private LocaleFormat wording() {
    return language.wording();
  }
}
