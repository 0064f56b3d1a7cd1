package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.sales.SalesReader;
import io.trendflow.serving.sales.SalesWeek;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.Run;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of the page of a category or brand in a market.
 *
 * @param everywhere sums over its scored products in each market that has some
 * @param sum the sums in the market that is shown
 * @param weeks its weekly sales, oldest first; null if they can't be read
 * @param trail way back to the page that the user came from
 */
record GroupPage(
    ProductGroup group,
    List<RollUp> everywhere,
    RollUp sum,
    @Nullable List<SalesWeek> weeks,
    CallerView view,
    PageTrail trail,
    PageLanguage language) {
  /** Number of weeks whose sales are shown; those of the year before are a line beside them. */
  static final int SHOWN_WEEKS = SalesReader.WEEKS / 2;

  private static final int MOST_PRODUCTS = 8;

  /**
   * Products of the page, with the list that has all of them.
   *
   * @param key key of the texts about them
   * @param rows the first products
   * @param all number of all such products
   */
  record Products(String key, List<ScoreRow> rows, int all, String address) {}

  boolean shows(RollUp other) {
    return other.market().equals(sum.market());
  }

  Products risers() {
    return products(
        "group.risers",
        group.filters(sum.market(), null).inState("RISER"),
        ScoreSort.POTENTIAL,
        group.on(ListKind.TODAY.path(), sum.market(), "riser"));
  }

  Products sinkers() {
    return products(
        "group.sinkers",
        group.filters(sum.market(), null).inState("SINKER"),
        ScoreSort.LOSS,
        group.on(ListKind.SLOWING.path(), sum.market(), null));
  }

  Products launches() {
    return products(
        "group.launches",
        group.filters(sum.market(), "launch").inState(null),
        ScoreSort.POTENTIAL,
        group.on(ListKind.LAUNCHES.path(), sum.market(), null));
  }

  private Products products(String key, ScoreFilters filters, ScoreSort sort, String address) {
    CallerView.Listed listed = view.list(filters, sort, null, MOST_PRODUCTS);
    List<ScoreRow> rows =
        listed.items().stream().map(score -> new ScoreRow(score, language)).toList();
    return new Products(key, rows, listed.total(), address);
  }

  /** Returns the URL of the list of all its products. */
  String list() {
    return group.on(ListKind.TODAY.path(), sum.market(), null);
  }

  /** Returns the uplift in revenue, or in units if no price is known. */
  String extra() {
    return sum.upliftRevenue() == null
        ? language.say("units", language.wording().signed(sum.upliftUnits()))
        : language.wording().signedMoney(sum.upliftRevenue(), sum.currency());
  }

  /** Returns the growth of all expected units over the usual pace; null if that is 0. */
  @Nullable Double growth() {
    return sum.baselineUnits() > 0 ? (Double) (sum.upliftUnits() / sum.baselineUnits()) : null;
  }

  /** Returns the attributes of the weeks' table that tell the chart which days to shade. */
  Map<String, String> horizon() {
    Run run = view.run();
    double horizonWeeks = run.horizonDays() / 7.0;
    return Map.of(
        "data-from", run.asOf().plusDays(1).toString(),
        "data-to", run.asOf().plusDays(run.horizonDays()).toString(),
        "data-expected", String.valueOf(sum.expectedUnits() / horizonWeeks),
        "data-baseline", String.valueOf(sum.baselineUnits() / horizonWeeks));
  }

  /** Returns the units sold in the shown weeks. */
  double soldUnits() {
    return shown().stream().mapToDouble(SalesWeek::units).sum();
  }

  /**
   * Returns the change of the units sold in the shown weeks against the year before; null if that
   * year is not known as a whole.
   */
  @Nullable Double change() {
    List<SalesWeek> all = weeks == null ? List.of() : weeks;
    if (all.size() < 2 * SHOWN_WEEKS) {
      return null;
    }
    double before =
        all.subList(0, all.size() - SHOWN_WEEKS).stream().mapToDouble(SalesWeek::units).sum();
    return before > 0 ? (Double) (soldUnits() / before - 1) : null;
  }

  private List<SalesWeek> shown() {
    List<SalesWeek> all = weeks == null ? List.of() : weeks;
    return all.subList(Math.max(0, all.size() - SHOWN_WEEKS), all.size());
  }
}
