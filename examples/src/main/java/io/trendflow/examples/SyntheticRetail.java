package io.trendflow.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Generates the raw export files of an invented shop in which trends lead sales: interest in the
 * keyword of a known product rises 5 to 10 weeks before its sales do. The planted truth is returned
 * and written beside the raw files, which lets a test check the findings of a model.
 */
public final class SyntheticRetail {
  private SyntheticRetail() {}

  /**
   * Writes a shop from the command line: {@code --out DIR} and the settings of {@link
   * RetailSettings}.
   */
  public static void main(String... args) throws IOException {
    try {
      RetailArguments arguments = RetailArguments.parse(args);
      long begin = System.nanoTime();
      PlantedTruth truth = write(arguments.out(), arguments.settings());
      System.out.printf(
          "SyntheticRetail: wrote %d products over %d days up to %s to %s, with %d future planted rises, in %.1f s%n",
          arguments.settings().products(),
          arguments.settings().days(),
          arguments.settings().end(),
          arguments.out().resolve("raw"),
          truth.winners().size(),
          (System.nanoTime() - begin) / 1e9);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /**
   * Writes {@code raw/} with the export files, and {@code truth.csv}, {@code supply.csv}, {@code
   * lost_sales.csv}, {@code decoys.csv} and {@code dirt.csv} beside it. Files of an earlier run are
   * replaced; equal settings give equal bytes.
   *
   * @param out output directory, created if missing
   * @return the planted truth
   * @throws IllegalArgumentException if {@code raw/} has files that were not generated
   */
  public static PlantedTruth write(Path out, RetailSettings settings) throws IOException {
    List<ProductPlan> products = ProductPlanner.plan(settings);
    List<PlantedRise> rises = RiseSchedule.plan(settings, products);
    List<TrendKeyword> keywords = TrendKeywords.plan(settings, products, rises);
    RawFileWriter files = new RawFileWriter(OutputFolder.prepare(out), settings);
    SupplyTruth supply = new SupplyTruth(settings);
    files.writeOrders(OrderBook.of(settings.seed(), sales(settings, products, rises, supply)));
    files.writeCatalogue(products);
    files.writeSupply(products);
    for (TrendSource source : TrendSource.values()) {
      files.writeTrends(source, keywords);
    }
    PlantedTruth truth =
        new PlantedTruth(
            episodes(rises),
            decoys(keywords),
            files.manifest(),
            supply.episodes(),
            supply.lostSales(),
            supply.demand());
    new TruthFiles(out).write(truth);
    return truth;
  }

  private static List<SaleLine> sales(
      RetailSettings settings,
      List<ProductPlan> products,
      List<PlantedRise> rises,
      SupplyTruth supply) {
    List<SaleLine> sales = new ArrayList<>();
    for (ProductPlan product : products) {
      List<DemandPulse> pulses =
          rises.stream().filter(rise -> rise.isOf(product)).map(PlantedRise::demand).toList();
      for (ShopMarket market : product.markets()) {
        DemandModel demand = new DemandModel(settings, product, market, pulses);
        sales.addAll(demand.sales());
        supply.add(product, market, demand);
      }
    }
    return sales;
  }

  private static List<DemandEpisode> episodes(List<PlantedRise> rises) {
    return rises.stream()
        .flatMap(rise -> rise.product().markets().stream().map(rise::episode))
        .sorted(
            Comparator.comparing(DemandEpisode::riseStart)
                .thenComparing(DemandEpisode::productId)
                .thenComparing(DemandEpisode::market))
        .toList();
  }

  private static List<PlantedTruth.Decoy> decoys(List<TrendKeyword> keywords) {
    return keywords.stream()
        .filter(TrendKeyword::isDecoy)
        .map(keyword -> new PlantedTruth.Decoy(keyword.keyword(), keyword.decoyOf()))
        .toList();
  }
}
