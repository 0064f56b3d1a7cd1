package io.trendflow.serving.api;

import io.trendflow.history.EpochTimes;
import io.trendflow.history.KnownSales;
import io.trendflow.serving.store.SalesRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sums up sales by week. */
final class WeeklySums {
  private double units;
  private double soldUnits;
  private double soldRevenue;
  private double revenue;
  private boolean revenueUnknown;

  private WeeklySums() {}

  /**
   * Returns the weeks from the week of the first sale to the week that ends with the last day,
   * oldest first.
   *
   * @param most maximum number of weeks
   */
  static List<History.Week> of(List<SalesRecord> sales, LocalDate lastDay, int most) {
    LocalDate first =
        sales.stream()
            .filter(sale -> sale.grossUnits() > 0)
            .map(SalesRecord::lastDay)
            .min(Comparator.naturalOrder())
            .orElse(null);
    if (first == null || first.isAfter(lastDay)) {
      return List.of();
    }
    WeeklySums[] weeks = new WeeklySums[Math.min(most, age(first, lastDay) + 1)];
    for (int i = 0; i < weeks.length; i++) {
      weeks[i] = new WeeklySums();
    }
    for (SalesRecord sale : sales) {
      int age = age(sale.lastDay(), lastDay);
      if (age >= 0 && age < weeks.length) {
        weeks[weeks.length - 1 - age].add(sale);
      }
    }
    List<History.Week> answer = new ArrayList<>();
    for (int i = 0; i < weeks.length; i++) {
      answer.add(weeks[i].from(lastDay.minusDays(7L * (weeks.length - i) - 1)));
    }
    return answer;
  }

  private static int age(LocalDate day, LocalDate lastDay) {
    return KnownSales.weeksAgo(EpochTimes.day(day), EpochTimes.day(lastDay));
  }

  private void add(SalesRecord sale) {
    units += sale.grossUnits() - sale.returnUnits();
    if (sale.grossRevenue() == null) {
      revenueUnknown = true;
    } else {
      double gross = sale.grossRevenue().doubleValue();
      revenue += gross - (sale.refunds() == null ? 0 : sale.refunds().doubleValue());
      if (sale.grossUnits() > 0 && gross > 0) {
        soldUnits += sale.grossUnits();
        soldRevenue += gross;
      }
    }
  }

  private History.Week from(LocalDate firstDay) {
    Double money = revenueUnknown ? null : (Double) revenue;
    Double price = soldUnits > 0 ? (Double) (soldRevenue / soldUnits) : null;
    return new History.Week(firstDay, units, money, price);
  }
}
