package io.trendflow.examples;

import java.util.List;

/**
 * Planted truth of the raw files.
 *
 * @param episodes every rise in every market, future ones included
 * @param decoys every keyword that does not belong to a product, with the keyword that it resembles
 * @param dirt numbers of odd records by source and kind
 * @param supply every stock-out, promotion and lasting price in every market
 * @param lostSales what was not sold on days without stock; sales and lost sales are the demand
 * @param demand mean demand of every product of a shop with supply; no file has it
 */
public record PlantedTruth(
    List<DemandEpisode> episodes,
    List<Decoy> decoys,
    List<PlantedDirt> dirt,
    List<SupplyEpisode> supply,
    List<LostSale> lostSales,
    List<MeanDemand> demand) {
  public PlantedTruth {
    episodes = List.copyOf(episodes);
    decoys = List.copyOf(decoys);
    dirt = List.copyOf(dirt);
    supply = List.copyOf(supply);
    lostSales = List.copyOf(lostSales);
    demand = List.copyOf(demand);
  }

  /** Returns the rises that start 1 to 14 days after the end of the history. */
  public List<DemandEpisode> winners() {
    return episodes.stream().filter(DemandEpisode::winner).toList();
  }

  /**
   * Keyword whose interest has bumps like those of a declared keyword, but no effect on sales.
   *
   * @param resembles declared keyword with which it has a word in common
   */
  public record Decoy(String keyword, String resembles) {}
}
