package io.trendflow.features;

import io.trendflow.features.TestShop.Entry;
import io.trendflow.features.TestShop.Level;
import io.trendflow.features.TestShop.Plan;
import io.trendflow.features.TestShop.Sale;
import io.trendflow.features.TestShop.Signal;
import io.trendflow.history.CatalogEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reference implementation of the features by loops over all rows: slow, short, and written from
 * the definitions.
 */
final class NaiveFeatures {
  private final TestShop shop;
  private final LocalDate cutoff;
  private final LocalDate last;
  private final LocalDate first;
  private final Map<String, List<Level>> levels = new HashMap<>();

  NaiveFeatures(TestShop shop, LocalDate cutoff) {
    this.shop = shop;
    this.cutoff = cutoff;
    List<Sale> known = shop.sales().stream().filter(s -> known(s.availableAt())).toList();
    LocalDate watermark =
        known.stream().map(Sale::last).max(Comparator.naturalOrder()).orElse(cutoff);
    this.last = watermark.isBefore(cutoff) ? watermark : cutoff;
    this.first = known.stream().map(Sale::date).min(Comparator.naturalOrder()).orElse(cutoff);
  }

  private boolean known(Instant at) {
    return !at.isAfter(TestShop.endOf(cutoff));
  }

  /** Returns the latest day of sales that was known. */
  LocalDate last() {
    return last;
  }

  List<Sale> sales(String market, String product) {
    Map<String, Sale> latest = new TreeMap<>();
    shop.sales().stream()
        .filter(s -> s.market().equals(market) && s.product().equals(product))
        .filter(s -> known(s.availableAt()))
        .sorted(Comparator.comparing(Sale::availableAt))
        .forEach(s -> latest.put(s.date() + s.source(), s));
    return List.copyOf(latest.values());
  }

  @Nullable Entry entry(String market, String product) {
    return shop.entries().stream()
        .filter(e -> e.market().equals(market) || e.market().equals("all"))
        .filter(e -> e.product().equals(product) && known(e.availableAt()))
        .max(Comparator.comparing(Entry::availableAt))
        .orElse(null);
  }

  private static double sold(List<Sale> s, LocalDate a, LocalDate b, ToDoubleFunction<Sale> f) {
    return s.stream()
        .filter(x -> !x.date().isBefore(a) && !x.last().isAfter(b))
        .mapToDouble(f)
        .sum();
  }

  /** Returns a sum of a product's sales, scaled from the days in stock to all. */
  private double sum(List<Sale> s, LocalDate a, LocalDate b, ToDoubleFunction<Sale> f) {
    return sold(s, a, b, f) * scale(s, a, b);
  }

  private double scale(List<Sale> s, LocalDate a, LocalDate b) {
    double days = a.until(b, ChronoUnit.DAYS) + 1;
    double out = daysOut(s, a, b);
    return 4 * out > days ? Double.NaN : days / (days - out);
  }

  long daysOut(List<Sale> s, LocalDate a, LocalDate b) {
    return s.isEmpty() ? 0 : a.datesUntil(b.plusDays(1)).filter(day -> isOut(s, day)).count();
  }

  private boolean isOut(List<Sale> s, LocalDate day) {
    if (s.stream()
        .anyMatch(x -> x.gross() > 0 && !x.date().isAfter(day) && !x.last().isBefore(day))) {
      return false;
    }
    List<String> sources =
        levels(s.get(0)).stream()
            .filter(l -> l.date().isBefore(day))
            .map(Level::source)
            .distinct()
            .toList();
    return !sources.isEmpty() && sources.stream().allMatch(in -> isOut(s, in, day));
  }

  private boolean isOut(List<Sale> s, String source, LocalDate day) {
    List<Level> own = levels(s.get(0)).stream().filter(l -> l.source().equals(source)).toList();
    Level before =
        own.stream()
            .filter(l -> l.date().isBefore(day))
            .max(Comparator.comparing(Level::date))
            .orElseThrow();
    return own.stream()
        .filter(l -> !l.date().isBefore(day))
        .min(Comparator.comparing(Level::date))
        .filter(after -> isZero(before) && isZero(after))
        .filter(after -> !after.date().isAfter(before.date().plusDays(15)))
        .isPresent();
  }

  private static boolean isZero(Level level) {
    return level.units() != null && level.units() <= 0;
  }

  /** Returns the latest level of each source and day of the sale's product. */
  private List<Level> levels(Sale sale) {
    return levels.computeIfAbsent(
        sale.market() + " " + sale.product(),
        key -> {
          Map<String, Level> latest = new TreeMap<>();
          shop.levels().stream()
              .filter(l -> l.market().equals(sale.market()) && l.product().equals(sale.product()))
              .filter(l -> known(l.availableAt()) && !l.date().isAfter(cutoff))
              .sorted(Comparator.comparing(Level::availableAt))
              .forEach(l -> latest.put(l.source() + l.date(), l));
          return List.copyOf(latest.values());
        });
  }

  double units(List<Sale> sales, LocalDate from, LocalDate to) {
    return Math.max(0, sum(sales, from, to, s -> s.gross() - s.returned()));
  }

  private double ago(List<Sale> sales, int from, int to) {
    return units(sales, last.minusDays(from - 1L), last.minusDays(to));
  }

  @Nullable LocalDate launch(String market, String product) {
    Entry entry = entry(market, product);
    LocalDate sold = firstSale(sales(market, product));
    if ((entry != null && entry.launch() != null) || sold == null) {
      return entry == null ? null : entry.launch();
    }
    LocalDate begins =
        shop.sales().stream()
            .filter(s -> s.market().equals(market) && known(s.availableAt()))
            .map(Sale::date)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return sold.isBefore(begins.plusDays(84)) ? null : sold;
  }

  private static @Nullable LocalDate firstSale(List<Sale> sales) {
    return sales.stream()
        .filter(s -> s.gross() > 0)
        .map(Sale::date)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  String lifecycle(String market, String product) {
    List<Sale> sales = sales(market, product);
    Entry entry = entry(market, product);
    LocalDate launch = launch(market, product);
    LocalDate sold = firstSale(sales);
    if (entry != null
        && entry.discontinued() != null
        && !entry.discontinued().isAfter(cutoff.plusDays(1))) {
      return "discontinued";
    }
    if (sold == null) {
      return launch == null || launch.isAfter(cutoff.plusDays(28))
          ? "unreleased"
          : launch.isAfter(cutoff)
              ? "launch"
              : launch.plusDays(56).isBefore(cutoff) ? "dormant" : "delayed";
    }
    if (sold(sales, last.minusDays(83), last, Sale::gross) == 0) {
      return "dormant";
    }
    return launch != null && sold.plusDays(56).isAfter(cutoff) ? "new" : "established";
  }

  LocalDate horizonStart(String market, String product) {
    boolean launches = lifecycle(market, product).equals("launch");
    return launches ? Objects.requireNonNull(launch(market, product)) : cutoff.plusDays(1);
  }

  /**
   * Returns the units of the first 28 days of a launch; null unless they are known by the cutoff.
   */
  private @Nullable Double launchUnits(String market, String product) {
    LocalDate launch = launch(market, product);
    return launch == null || launch.isBefore(first) || launch.plusDays(27).isAfter(last)
        ? null
        : (Double) units(sales(market, product), launch, launch.plusDays(27));
  }

  private List<String> products(String market, @Nullable String category) {
    return Stream.concat(
            shop.sales().stream().filter(s -> s.market().equals(market)).map(Sale::product),
            shop.entries().stream()
                .filter(e -> e.market().equals(market) || e.market().equals("all"))
                .map(Entry::product))
        .distinct()
        .filter(p -> entry(market, p) != null || firstSale(sales(market, p)) != null)
        .filter(p -> category == null || category.equals(category(market, p)))
        .toList();
  }

  private String category(String market, String product) {
    Entry entry = entry(market, product);
    return entry == null || entry.category() == null ? "" : entry.category();
  }

  private List<Double> launches(String market, @Nullable String category) {
    List<Double> units = new ArrayList<>();
    products(market, category).stream()
        .map(p -> launchUnits(market, p))
        .filter(known -> known != null && !known.isNaN())
        .sorted()
        .forEach(units::add);
    return units;
  }

  /**
   * Returns the mean of the values capped at their 95 % quantile, interpolated linearly as in
   * numpy.
   */
  private static double winsorisedMean(List<Double> sorted) {
    double at = 0.95 * (sorted.size() - 1);
    double low = sorted.get((int) Math.floor(at));
    double cap = low + (at - Math.floor(at)) * (sorted.get((int) Math.ceil(at)) - low);
    return sorted.stream().mapToDouble(u -> Math.min(u, cap)).average().orElseThrow();
  }

  private double momentum(String market, @Nullable String category) {
    double u28 = 0;
    double u84 = 0;
    for (String product : products(market, category)) {
      double lately = ago(sales(market, product), 28, 0);
      double before = ago(sales(market, product), 84, 0);
      if (!Double.isNaN(lately + before)) {
        u28 += lately;
        u84 += before;
      }
    }
    return Math.log((1 + u28) / (1 + u84 / 3));
  }

  private double trendSlope(String keyword, String geo) {
    List<Signal> all =
        shop.signals().stream()
            .filter(s -> s.keyword().equals(keyword) && s.geo().equals(geo))
            .filter(s -> known(s.availableAt()) && s.date().plusDays(6).compareTo(cutoff) <= 0)
            .toList();
    String pull =
        all.stream().max(Comparator.comparing(Signal::availableAt)).map(Signal::pull).orElse("");
    List<Signal> one = all.stream().filter(s -> s.pull().equals(pull)).toList();
    LocalDate end =
        one.stream()
            .map(s -> s.date().plusDays(6))
            .max(Comparator.naturalOrder())
            .orElse(LocalDate.MIN);
    if (end.isBefore(cutoff.minusDays(27))) {
      return Double.NaN;
    }
    double damping = 0.05 * mean(one, end, 52, 0) + 1e-9;
    return Math.log((mean(one, end, 4, 0) + damping) / (mean(one, end, 16, 4) + damping));
  }

  private static double mean(List<Signal> signals, LocalDate end, int from, int to) {
    return signals.stream()
        .filter(s -> s.date().isAfter(end.minusDays(7L * from)))
        .filter(s -> !s.date().plusDays(6).isAfter(end.minusDays(7L * to)))
        .mapToDouble(Signal::value)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the values to compare by column; NaN for a missing value. */
  Map<String, Object> of(String market, String product) {
    List<Sale> sales = sales(market, product);
    boolean sold = firstSale(sales) != null;
    LocalDate start = horizonStart(market, product);
    String category = category(market, product);
    List<Double> launches = launches(market, category);
    List<Double> comparable = launches.size() >= 5 ? launches : launches(market, null);
    double launchMean = comparable.isEmpty() ? Double.NaN : winsorisedMean(comparable);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("lifecycle", lifecycle(market, product));
    values.put("units_28", sold ? Math.log1p(ago(sales, 28, 0)) : Double.NaN);
    values.put("units_29_56", sold ? Math.log1p(ago(sales, 56, 28)) : Double.NaN);
    values.put("units_364", sold ? Math.log1p(ago(sales, 364, 0)) : Double.NaN);
    values.put(
        "orders_28",
        sold ? Math.log1p(sum(sales, last.minusDays(27), last, Sale::orders)) : Double.NaN);
    values.put(
        "active_days_84",
        sold
            ? Math.log1p(sum(sales, last.minusDays(83), last, s -> s.gross() > 0 ? 1 : 0))
            : Double.NaN);
    values.put(
        "units_7_vs_28",
        sold ? Math.log((1 + ago(sales, 7, 0)) / (1 + ago(sales, 28, 0) / 4)) : Double.NaN);
    values.put(
        "year_ago_units",
        sold && !start.minusDays(364).isBefore(first)
            ? Math.log1p(units(sales, start.minusDays(364), start.minusDays(364 - 27)))
            : Double.NaN);
    values.put(
        "days_since_last_sale",
        sold
            ? sales.stream()
                .filter(s -> s.gross() > 0)
                .mapToLong(s -> cutoff.toEpochDay() - s.last().toEpochDay())
                .min()
                .orElseThrow()
            : Double.NaN);
    LocalDate since = firstSale(sales);
    double mean = since == null ? Double.NaN : mean(sales, since);
    double assumed = Double.isNaN(launchMean) ? 0 : launchMean;
    values.put("baseline_units", Double.isNaN(mean) ? assumed : mean);
    planned(market, product, start, sales, values);
    values.put("last_horizon_units", sold ? ago(sales, 28, 0) : Double.NaN);
    values.put("category_launch_units", launchMean);
    values.put("comparable_launches", Math.log1p(launches.size()));
    values.put("category_momentum", momentum(market, category));
    values.put("market_momentum", momentum(market, null));
    values.put("trend_slope_12", trend(market, product));
    if (sold) {
      damped(sales, values);
      gaps(sales, values);
      prices(sales, values);
      season(sales, start, values);
      stock(sales, mean, values);
    }
    return values;
  }

  /** Returns the baseline: the days out of stock since the first sale are left out. */
  private double mean(List<Sale> sales, LocalDate since) {
    LocalDate from = last.minusDays(83);
    long days = Math.max(28, Math.min(84, since.until(last, ChronoUnit.DAYS) + 1));
    long out = daysOut(sales, since.isAfter(from) ? since : from, last);
    double sold = Math.max(0, sold(sales, from, last, s -> s.gross() - s.returned()));
    return out > 0 && days - out < 28 ? Double.NaN : sold / (days - out) * 28;
  }

  private void stock(List<Sale> sales, double mean, Map<String, Object> values) {
    List<Level> known = levels(sales.get(0));
    values.put(
        "days_out_28",
        known.isEmpty() ? Double.NaN : (double) daysOut(sales, last.minusDays(27), last));
    double onHand = known.isEmpty() ? Double.NaN : 0;
    for (String source : known.stream().map(Level::source).distinct().toList()) {
      Level latest =
          known.stream()
              .filter(l -> l.source().equals(source))
              .max(Comparator.comparing(Level::date))
              .orElseThrow();
      boolean old = latest.date().isBefore(cutoff.minusDays(14));
      onHand += old || latest.units() == null ? Double.NaN : latest.units();
    }
    values.put("stock_cover", Math.log((1 + onHand) / (1 + mean)));
  }

  private void planned(
      String market,
      String product,
      LocalDate start,
      List<Sale> sales,
      Map<String, Object> values) {
    Instant latestPull =
        shop.plans().stream()
            .filter(p -> !p.assumed() && known(p.availableAt()))
            .map(Plan::availableAt)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    List<Plan> plans =
        shop.plans().stream()
            .filter(p -> p.assumed() ? known(p.availableAt()) : p.availableAt().equals(latestPull))
            .filter(p -> p.market().equals(market) || p.market().equals("all"))
            .filter(
                p ->
                    p.scope().equals("all")
                        || (p.scope().equals("product") && p.subject().equals(product))
                        || (p.scope().equals("category")
                            && p.subject().equals(category(market, product))))
            .toList();
    int promoted = 0;
    double promotion = 0;
    double factor = 0;
    for (LocalDate day = start; day.isBefore(start.plusDays(28)); day = day.plusDays(1)) {
      LocalDate on = day;
      List<Plan> now =
          plans.stream().filter(p -> !p.starts().isAfter(on) && !p.ends().isBefore(on)).toList();
      List<Plan> promos = now.stream().filter(p -> p.kind().equals("promo")).toList();
      promoted += promos.isEmpty() ? 0 : 1;
      promotion += deepest(promos);
      factor += 1 - deepest(now.stream().filter(p -> !p.kind().equals("holiday")).toList());
    }
    values.put("promo_days_ahead", promoted);
    values.put("promo_depth_ahead", promotion / 28);
    double mean = meanPrice(sales, 28);
    double current = Double.isNaN(mean) ? meanPrice(sales, 84) : mean;
    values.put("planned_price_vs_now", Math.log(highest(sales) * factor / 28 / current));
  }

  private static double deepest(List<Plan> plans) {
    double deepest = plans.isEmpty() ? 0 : -1;
    for (Plan plan : plans) {
      deepest = Math.max(deepest, plan.depth() == null ? Double.NaN : plan.depth());
    }
    return deepest;
  }

  private double meanPrice(List<Sale> sales, int days) {
    List<Sale> priced = lately(sales, days).stream().filter(s -> s.revenue() > 0).toList();
    return priced.stream().mapToDouble(Sale::revenue).sum() / gross(priced);
  }

  private List<Sale> lately(List<Sale> sales, int days) {
    return sales.stream()
        .filter(s -> s.date().isAfter(last.minusDays(days)) && !s.last().isAfter(last))
        .filter(s -> s.gross() > 0)
        .sorted(Comparator.comparing(Sale::date))
        .toList();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? 1 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static double gross(List<Sale> sales) {
    return sales.stream().mapToDouble(Sale::gross).sum();
  }

  private void damped(List<Sale> sales, Map<String, Object> values) {
    double typical = median(lately(sales, 168).stream().map(Sale::gross).toList());
    double cap = 3 * Math.max(1, typical);
    List<Sale> recent = lately(sales, 84);
    values.put("day_typical_units", Math.log1p(typical));
    values.put(
        "day_capped_units_84",
        Math.log1p(
            scale(sales, last.minusDays(83), last)
                * recent.stream().mapToDouble(s -> Math.min(cap, s.gross())).sum()));
    values.put(
        "day_log_units_28",
        Math.log1p(
            scale(sales, last.minusDays(27), last)
                * lately(sales, 28).stream().mapToDouble(s -> Math.log1p(s.gross())).sum()));
    double largest = recent.stream().mapToDouble(Sale::gross).max().orElse(0);
    values.put("day_largest_share_84", largest / Math.max(1, gross(recent)));
    double scaled = scale(sales, last.minusDays(83), last);
    boolean lines = recent.stream().allMatch(s -> s.days() == 1);
    values.put(
        "line_log_units_84",
        lines
            ? Math.log1p(scaled * recent.stream().mapToDouble(s -> Math.log1p(s.gross())).sum())
            : Double.NaN);
    double squares = recent.stream().mapToDouble(s -> s.gross() * s.gross()).sum();
    values.put(
        "line_concentration_84",
        lines ? scaled * squares / Math.pow(Math.max(1, scaled * gross(recent)), 2) : Double.NaN);
  }

  private void gaps(List<Sale> sales, Map<String, Object> values) {
    int longest = 0;
    int gap = 0;
    for (LocalDate day = last.minusDays(83); !day.isAfter(last); day = day.plusDays(1)) {
      LocalDate at = day;
      boolean on =
          lately(sales, 84).stream().anyMatch(s -> !s.date().isAfter(at) && !s.last().isBefore(at));
      gap = on ? 0 : gap + 1;
      longest = Math.max(longest, gap);
    }
    values.put("longest_gap_84", longest);
    int empty = 0;
    for (int week = 0; week < 12; week++) {
      LocalDate end = last.minusDays(7L * week);
      empty += sum(sales, end.minusDays(6), end, Sale::gross) == 0 ? 1 : 0;
    }
    values.put("weeks_without_sale_12", empty);
  }

  /** Returns the upper median of the daily prices of 28 days. */
  private double price(List<Sale> sales, int ago) {
    LocalDate end = last.minusDays(ago);
    double[] prices =
        sales.stream()
            .filter(s -> s.date().isAfter(end.minusDays(28)) && !s.last().isAfter(end))
            .filter(s -> s.gross() > 0 && s.revenue() > 0)
            .mapToDouble(s -> s.revenue() / s.gross())
            .sorted()
            .toArray();
    return prices.length == 0 ? Double.NaN : prices[prices.length / 2];
  }

  private void prices(List<Sale> sales, Map<String, Object> values) {
    double now = price(sales, 0);
    values.put("price_vs_28_ago", Math.log(now / price(sales, 28)));
    values.put("price_vs_highest", Math.log(now / highest(sales)));
  }

  private double highest(List<Sale> sales) {
    return Stream.of(0, 28, 56, 84, 112, 140)
        .mapToDouble(ago -> price(sales, ago))
        .filter(p -> !Double.isNaN(p))
        .max()
        .orElse(Double.NaN);
  }

  private void season(List<Sale> sales, LocalDate start, Map<String, Object> values) {
    LocalDate from = start.minusDays(364 + 14);
    values.put(
        "year_ago_units_around",
        from.isBefore(first) ? Double.NaN : Math.log1p(units(sales, from, from.plusDays(55))));
    LocalDate lastYear = last.minusDays(364);
    boolean reaches = !lastYear.minusDays(27).isBefore(first);
    double before = units(sales, lastYear.minusDays(27), lastYear);
    double after = units(sales, start.minusDays(364), start.minusDays(364 - 27));
    values.put(
        "seasonal_naive_units",
        reaches ? Math.log1p(ago(sales, 28, 0) * (after + 5) / (before + 5)) : Double.NaN);
    double best = 0;
    for (int month = 0; month < 13; month++) {
      best = Math.max(best, ago(sales, 28 * (month + 1), 28 * month));
    }
    values.put("peak_ratio", Math.log((1 + best) / (1 + ago(sales, 364, 0) / 13)));
  }

  /**
   * Returns the mean over the series, weighted by the confidence of the matcher for each keyword
   * alone.
   */
  private double trend(String market, String product) {
    Entry entry = entry(market, product);
    List<String> geos = market.equals("day") ? List.of("GB") : List.of("GB", "FR");
    double sum = 0;
    double weights = 0;
    for (KeywordMatch match : entry == null ? List.<KeywordMatch>of() : matches(market, entry)) {
      for (String geo : geos) {
        double slope = trendSlope(match.keyword(), geo);
        if (!Double.isNaN(slope) && match.confidence() >= TestShop.SETTINGS.keywordConfidence()) {
          sum += match.confidence() * slope;
          weights += match.confidence();
        }
      }
    }
    return sum / weights;
  }

  private List<KeywordMatch> matches(String market, Entry entry) {
    List<String> keywords = shop.signals().stream().map(Signal::keyword).distinct().toList();
    return new KeywordMatcher(keywords, TestShop.SETTINGS.decisions())
        .match(market, entry.product(), described(entry));
  }

  private static CatalogEntry described(Entry entry) {
    return new CatalogEntry(
        0,
        entry.name(),
        entry.category(),
        null,
        Double.NaN,
        null,
        null,
        false,
        null,
        entry.keywords(),
        Map.of());
  }
}
