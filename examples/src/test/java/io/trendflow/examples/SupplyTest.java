package io.trendflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the stock-outs, promotions, prices and order terms of a shop with supply. */
class SupplyTest {
  private static final RetailSettings SHOP =
      new RetailSettings(3, 120, 700, LocalDate.of(2025, 3, 2)).withSupply();
  private static final List<ProductPlan> PRODUCTS = ProductPlanner.plan(SHOP);

  @Test
  void stockRunsOutOnATenthOfTheDays() {
    long days = 0;
    long out = 0;
    for (ProductPlan product : PRODUCTS) {
      StockPlan stock = StockPlan.draw(SHOP, product, ShopMarket.UK);
      for (long day = SHOP.firstDay(); day <= SHOP.lastDay(); day++) {
        days++;
        out += stock.isOut(day) ? 1 : 0;
        assertThat(stock.isOut(day))
            .isEqualTo(stock.onHand(day) == 0 && stock.onHand(day - 1) == 0);
      }
    }
    assertThat((double) out / days).isBetween(0.08, 0.12);
  }

  @Test
  void salesAndLostSalesAreTheDemand() {
    RetailSettings endless = new RetailSettings(3, 120, 700, SHOP.end());
    ProductPlan product = PRODUCTS.get(5);
    StockPlan stock = StockPlan.draw(SHOP, product, ShopMarket.UK);
    DemandModel model = new DemandModel(SHOP, product, ShopMarket.UK, List.of());
    List<SaleLine> sold = model.sales().stream().filter(sale -> !sale.isReturn()).toList();
    assertThat(sold).isNotEmpty().noneMatch(sale -> stock.isOut(sale.day()));
    assertThat(model.lostSales()).isNotEmpty().allMatch(sale -> stock.isOut(sale.day()));
    assertThat(new DemandModel(endless, product, ShopMarket.UK, List.of()).lostSales()).isEmpty();
  }

  @Test
  void theMeanDemandIsThatOfTheSalesAndLostSales() {
    double demand = 0;
    double mean = 0;
    for (ProductPlan product : PRODUCTS) {
      DemandModel model = new DemandModel(SHOP, product, ShopMarket.UK, List.of());
      demand += model.sales().stream().mapToInt(SaleLine::quantity).sum();
      demand += model.lostSales().stream().mapToInt(SaleLine::quantity).sum();
      mean += model.meanUnits().stream().mapToDouble(units -> units).sum();
    }
    assertThat(demand / mean).isBetween(0.97, 1.03);
  }

  @Test
  void aPromotionTakesTwentyPercentOffAndDoublesTheDemand() {
    PricePromotions prices = PricePromotions.draw(SHOP, PRODUCTS.get(5));
    List<PlannedPrice> promos =
        prices.planned().stream().filter(price -> price.kind().equals("promo")).toList();
    assertThat(promos).hasSizeGreaterThan(4);
    for (PlannedPrice promo : promos) {
      assertThat(prices.priceFactor(promo.first())).isEqualTo(0.8);
      assertThat(prices.demandFactor(promo.last())).isEqualTo(2);
      assertThat(promo.plannedOn()).isLessThan(promo.first() - 28);
    }
    assertThat(prices.planned()).filteredOn(price -> price.kind().equals("price")).hasSize(1);
  }

  @Test
  void theFilesHaveStockPlansTermsAndTruth(@TempDir Path folder) throws IOException {
    PlantedTruth truth = SyntheticRetail.write(folder, SHOP);
    Set<String> kinds = new HashSet<>();
    truth.supply().forEach(episode -> kinds.add(episode.kind()));
    assertThat(kinds).containsExactlyInAnyOrder("stock_out", "promo", "price");
    assertThat(truth.supply().stream().mapToLong(SupplyEpisode::lostUnits).sum())
        .isEqualTo(truth.lostSales().stream().mapToLong(LostSale::units).sum())
        .isPositive();
    List<String> catalogue =
        new ArrayList<>(Files.readAllLines(folder.resolve("raw/catalogue/products.csv")));
    assertThat(catalogue.get(0)).endsWith(",unit_cost,lead_time_days,moq,pack_size,supplier");
    assertThat(Files.readAllLines(folder.resolve("raw/calendar/plans.csv")))
        .hasSizeGreaterThan(500);
    assertThat(Files.size(folder.resolve("raw/stock/levels.csv.gz"))).isBetween(20_000L, 500_000L);
    assertThat(Files.readAllLines(folder.resolve("lost_sales.csv")).get(0))
        .isEqualTo("product_id,market,day,units");
  }
}
