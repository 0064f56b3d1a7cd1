package io.trendflow.features;

import io.trendflow.features.TestShop.Entry;
import io.trendflow.features.TestShop.Sale;
import io.trendflow.features.TestShop.Signal;
import io.trendflow.history.CatalogEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
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

  private static double sum(List<Sale> s, LocalDate a, LocalDate b, ToDoubleFunction<Sale> f) {
    return s.stream()
        .filter(x -> !x.date().isBefore(a) && !x.last().isAfter(b))
        .mapToDouble(f)
        .sum();
  }

  private static double units(List<Sale> sales, LocalDate from, LocalDate to) {
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
    if (sum(sales, last.minusDays(83), last, Sale::gross) == 0) {
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
        .filter(Objects::nonNull)
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
      u28 += ago(sales(market, product), 28, 0);
      u84 += ago(sales(market, product), 84, 0);
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
    double mean =
        since == null
            ? Double.NaN
            : ago(sales, 84, 0)
                / Math.max(28, Math.min(84, last.toEpochDay() - since.toEpochDay() + 1))
                * 28;
    values.put("baseline_units", since != null ? mean : Double.isNaN(launchMean) ? 0 : launchMean);
    values.put("last_horizon_units", sold ? ago(sales, 28, 0) : Double.NaN);
    values.put("category_launch_units", launchMean);
    values.put("comparable_launches", Math.log1p(launches.size()));
    values.put("category_momentum", momentum(market, category));
    values.put("market_momentum", momentum(market, null));
    values.put("trend_slope_12", trend(market, product));
    return values;
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
