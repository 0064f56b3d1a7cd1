package io.trendflow.examples;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Truth about the supply of the products of a shop, collected while their demand is drawn. */
final class SupplyTruth {
  private final RetailSettings settings;
  private final List<SupplyEpisode> episodes = new ArrayList<>();
  private final List<LostSale> lostSales = new ArrayList<>();
  private final List<MeanDemand> demand = new ArrayList<>();

  SupplyTruth(RetailSettings settings) {
    this.settings = settings;
  }

  void add(ProductPlan product, ShopMarket market, DemandModel model) {
    if (!settings.supply()) {
      return;
    }
    Map<Long, Long> units = new TreeMap<>();
    demand.add(new MeanDemand(product.id(), market.label(), settings.start(), model.meanUnits()));
    model.lostSales().forEach(sale -> units.merge(sale.day(), (long) sale.quantity(), Long::sum));
    units.forEach(
        (day, sum) ->
            lostSales.add(
                new LostSale(product.id(), market.label(), LocalDate.ofEpochDay(day), sum)));
    for (StockPlan.StockOut out : StockPlan.draw(settings, product, market).stockOuts()) {
      long sum =
          units.entrySet().stream()
              .filter(day -> day.getKey() >= out.first() && day.getKey() <= out.last())
              .mapToLong(Map.Entry::getValue)
              .sum();
      add("stock_out", product, market, out.first(), out.last(), 1, sum);
    }
    for (PlannedPrice price : PricePromotions.draw(settings, product).planned()) {
      add(price.kind(), product, market, price.first(), price.last(), price.demand(), 0);
    }
  }

  private void add(
      String kind,
      ProductPlan product,
      ShopMarket market,
      long first,
      long last,
      double factor,
      long lost) {
    episodes.add(
        new SupplyEpisode(
            kind,
            product.id(),
            market.label(),
            LocalDate.ofEpochDay(first),
            LocalDate.ofEpochDay(last),
            factor,
            lost));
  }

  List<SupplyEpisode> episodes() {
    return episodes;
  }

  List<LostSale> lostSales() {
    return lostSales;
  }

  List<MeanDemand> demand() {
    return demand;
  }
}
