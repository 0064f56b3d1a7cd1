package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.History;
import io.trendflow.serving.store.SignalRecord;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Table of a product's weekly sales and trends, oldest first.
 *
 * @param trends the series that most certainly belong to the product
 */
record WeekTable(List<History.Trend> trends, List<Line> lines) {
  private static final int MOST_TRENDS = 3;
  private static final int MOST_WEEKS = 78;

  /**
   * Week of the table.
   *
   * @param sold null before the first sale
   * @param trends for each series the mean of the periods that end in the week; null if there is
   *     none
   */
  record Line(LocalDate firstDay, History.@Nullable Week sold, List<@Nullable Double> trends) {}

  /**
   * Creates the table of the weeks up to the one that ends with the latest complete day of sales.
   */
  static WeekTable of(History history, LocalDate lastDay) {
    List<History.Trend> trends =
        history.trends().stream()
            .filter(trend -> !trend.points().isEmpty())
            .sorted(Comparator.comparingDouble(History.Trend::confidence).reversed())
            .limit(MOST_TRENDS)
            .toList();
    List<Map<Integer, Double>> means = trends.stream().map(t -> means(t, lastDay)).toList();
    int sold = history.weeks().size();
    int known =
        means.stream().flatMap(m -> m.keySet().stream()).mapToInt(age -> age + 1).max().orElse(0);
    List<Line> lines = new ArrayList<>();
    for (int age = Math.min(MOST_WEEKS, Math.max(sold, known)) - 1; age >= 0; age--) {
      int week = age;
      lines.add(
          new Line(
              lastDay.minusDays(7L * age + 6),
              age < sold ? history.weeks().get(sold - 1 - age) : null,
              means.stream().<@Nullable Double>map(mean -> mean.get(week)).toList()));
    }
    return new WeekTable(trends, lines);
  }

  /** Returns the mean of each week, by the number of weeks before the last one. */
  private static Map<Integer, Double> means(History.Trend trend, LocalDate lastDay) {
    Map<Integer, double[]> sums = new HashMap<>();
    for (SignalRecord.Point point : trend.points()) {
      LocalDate end = point.observedOn().plusDays(point.periodDays() - 1);
      int age = Math.toIntExact(Math.floorDiv(ChronoUnit.DAYS.between(end, lastDay), 7L));
      if (age >= 0) {
        double[] sum = sums.computeIfAbsent(age, a -> new double[2]);
        sum[0] += point.value();
        sum[1]++;
      }
    }
    Map<Integer, Double> means = new HashMap<>();
    sums.forEach((age, sum) -> means.put(age, sum[0] / sum[1]));
    return means;
  }
}
