package io.trendflow.serving.launch;

import static java.util.stream.Collectors.groupingBy;

import io.trendflow.schemas.Table;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.Product;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.SalesRecord;
import io.trendflow.serving.store.SoldDays;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the earlier launches that a product can be compared with, and reads their first sales. */
@Singleton
public final class LaunchReader {
  /** Maximum number of launches, those closest in price. */
  private static final int MOST = 25;

  private static final int YEARS = 2;

  /**
   * Largest number of days between launch date and first sale. A product whose first known sale is
   * later was on sale before, when no sales were recorded.
   */
  private static final long CLOSE = 28;

  private final Warehouse warehouse;

  LaunchReader(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  private record Launched(SoldDays sold, CatalogRecord entry) {}

  /**
   * Returns the launches of the last two years in a product's market and category, those closest in
   * price first; empty if the product has no category.
   *
   * @throws ProblemException status 503 if the store can't be read
   */
  public List<PastLaunch> comparable(CallerView view, Product product) {
    CatalogRecord entry = product.catalog();
    String market = product.market();
    if (entry == null || entry.category() == null || market == null) {
      return List.of();
    }
    List<Launched> launches =
        launched(view, market, entry).stream()
            .sorted(
                Comparator.comparingDouble(
                    (Launched other) -> distance(entry.price(), other.entry().price())))
            .limit(MOST)
            .toList();
    try {
      return launches.isEmpty() ? List.of() : read(view.run(), market, launches);
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("launches", e);
    }
  }

  private static List<Launched> launched(CallerView view, String market, CatalogRecord of) {
    LocalDate last = view.run().lastSalesDay().minusDays(PastLaunch.DAYS - 1L);
    LocalDate first = view.run().asOf().minusYears(YEARS);
    List<Launched> launched = new ArrayList<>();
    for (SoldDays sold : view.soldIn(market)) {
      if (sold.firstSale().isAfter(last)
          || sold.firstSale().isBefore(first)
          || sold.productId().equals(of.productId())) {
        continue;
      }
      CatalogRecord entry = view.entry(sold.productId(), market);
      if (entry != null
          && Objects.equals(entry.category(), of.category())
          && entry.launchDate() != null
          && Math.abs(ChronoUnit.DAYS.between(entry.launchDate(), sold.firstSale())) <= CLOSE) {
        launched.add(new Launched(sold, entry));
      }
    }
    return launched;
  }

  /** Returns |ln(price / other price)|; infinite if a price is unknown. */
  private static double distance(@Nullable BigDecimal price, @Nullable BigDecimal other) {
    return price == null || other == null || price.signum() <= 0 || other.signum() <= 0
        ? Double.POSITIVE_INFINITY
        : Math.abs(Math.log(price.doubleValue() / other.doubleValue()));
  }

  private List<PastLaunch> read(Run run, String market, List<Launched> launches)
      throws UnreadableException {
    LocalDate first =
        launches.stream().map(l -> l.sold().firstSale()).min(LocalDate::compareTo).orElseThrow();
    List<SalesRecord> revisions = new ArrayList<>();
    warehouse.read(
        RowSelection.batches(Table.DAILY_SALES, run.ingestIds())
            .where("product_id", launches.stream().map(l -> l.sold().productId()).toList())
            .where("market", List.of(market))
            .since("sale_date", first),
        SalesRecord.class,
        revisions::add);
    Map<String, List<SalesRecord>> sales =
        SalesRecord.latest(revisions, Run.endOf(run.asOf())).stream()
            .collect(groupingBy(SalesRecord::productId));
    return launches.stream()
        .map(
            launch ->
                new PastLaunch(
                    launch.sold().productId(),
                    launch.entry().name(),
                    launch.entry().price(),
                    launch.sold().firstSale(),
                    unitsSold(
                        sales.getOrDefault(launch.sold().productId(), List.of()),
                        launch.sold().firstSale())))
        .toList();
  }

  private static List<Double> unitsSold(List<SalesRecord> sales, LocalDate firstSale) {
    double[] byDay = new double[PastLaunch.DAYS];
    for (SalesRecord sale : sales) {
      long day = ChronoUnit.DAYS.between(firstSale, sale.lastDay());
      if (day >= 0 && day < byDay.length) {
        byDay[(int) day] += sale.grossUnits() - sale.returnUnits();
      }
    }
    return IntStream.range(0, byDay.length)
        .mapToObj(day -> IntStream.rangeClosed(0, day).mapToDouble(d -> byDay[d]).sum())
        .toList();
  }
}
