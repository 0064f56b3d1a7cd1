package io.trendflow.examples;

import java.util.List;

/**
 * What was planted in the raw files.
 *
 * @param episodes every rise in every market, coming ones included
 * @param decoys every keyword that belongs to no product, with the one that it resembles
 * @param dirt odd records by source and kind
 */
public record PlantedTruth(
    List<DemandEpisode> episodes, List<Decoy> decoys, List<PlantedDirt> dirt) {
  /** Copies the lists. */
  public PlantedTruth {
    episodes = List.copyOf(episodes);
    decoys = List.copyOf(decoys);
    dirt = List.copyOf(dirt);
  }

  /** The rises that start 1 to 14 days after the end of the history. */
  public List<DemandEpisode> winners() {
    return episodes.stream().filter(DemandEpisode::winner).toList();
  }

  /**
   * A keyword with bumps like a real one's that no sales follow.
   *
   * @param resembles the declared keyword that it shares a word with
   */
  public record Decoy(String keyword, String resembles) {}
}
