package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ScoreRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums up the scores of each market that have a value in common. */
final class RollUps {
  private final Function<ScoreRecord, @Nullable String> name;
  private final Map<List<@Nullable String>, RollUp> sums = new HashMap<>();

  /**
   * Creates sums without any score.
   *
   * @param name returns the value by which scores are grouped
   */
  RollUps(Function<ScoreRecord, @Nullable String> name) {
    this.name = name;
  }

  void add(ScoreRecord score) {
    RollUp one = RollUp.of(score, name.apply(score));
    sums.merge(Arrays.asList(one.market(), one.name()), one, RollUp::plus);
  }

  /** Returns the sums of each market and name. */
  List<RollUp> end() {
    return sums.values().stream().sorted(RollUp.ORDER).toList();
  }
}
