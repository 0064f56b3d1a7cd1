package io.trendflow.serving;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run with its scores, in memory and never changed.
 *
 * @param byRank sorted by market and rank
 * @param acrossMarkets sorted by potential, then uplift (in what the run is ranked by), both
 *     descending, then product and market
 * @param byProduct a product's rows, by market
 * @param markets the markets that occur, sorted
 * @param categories the categories that occur, sorted
 */
record Snapshot(
    Run run,
    List<Score> byRank,
    List<Score> acrossMarkets,
    Map<String, List<Score>> byProduct,
    Set<String> markets,
    Set<String> categories) {

  /**
   * Takes the rows of a run's folder.
   *
   * @throws UnreadableException when they are not what the run says it published
   */
  static Snapshot of(Run run, List<Score> scores) throws UnreadableException {
    check(run, scores);
    List<Score> byRank =
        scores.stream()
            .sorted(Comparator.comparing(Score::market).thenComparing(Score::rank))
            .toList();
    return new Snapshot(
        run,
        byRank,
        byRank.stream().sorted(acrossMarkets(run)).toList(),
        byRank.stream().collect(Collectors.groupingBy(Score::productId)),
        distinct(byRank, Score::market),
        distinct(byRank, Score::category));
  }

  /** The rows of the filters, in rank order; across several markets by potential. */
  List<Score> select(Filters filters) {
    boolean oneMarket = filters.market() != null || markets.size() == 1;
    return (oneMarket ? byRank : acrossMarkets).stream().filter(filters::accept).toList();
  }

  private static void check(Run run, List<Score> scores) throws UnreadableException {
    if (scores.size() != run.scoredRows()) {
      throw new UnreadableException(
          "its folder has " + scores.size() + " rows and the run published " + run.scoredRows());
    }
    Set<List<String>> keys = new HashSet<>();
    for (Score score : scores) {
      if (!score.runId().equals(run.runId())) {
        throw new UnreadableException("its folder has rows of run " + score.runId());
      }
      if (!keys.add(List.of(score.market(), score.productId()))) {
        throw new UnreadableException(
            "product " + score.productId() + " is there twice in market " + score.market());
      }
    }
  }

  private static Comparator<Score> acrossMarkets(Run run) {
    boolean byRevenue = run.rankedBy().equals("uplift_revenue");
    Comparator<Score> uplift = Comparator.comparingDouble(score -> uplift(score, byRevenue));
    return Comparator.comparingDouble(Score::potential)
        .thenComparing(uplift)
        .reversed()
        .thenComparing(Score::productId)
        .thenComparing(Score::market);
  }

  private static double uplift(Score score, boolean byRevenue) {
    return byRevenue
        ? Objects.requireNonNullElse(score.upliftRevenue(), Double.NEGATIVE_INFINITY)
        : score.upliftUnits();
  }

  private static Set<String> distinct(
      List<Score> scores, Function<Score, @Nullable String> column) {
    return scores.stream()
        .map(column)
        .flatMap(Stream::ofNullable)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
