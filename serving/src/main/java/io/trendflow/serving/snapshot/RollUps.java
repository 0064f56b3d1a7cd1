package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ScoreRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds scores up that have something in common, in each market. */
final class RollUps {
  private final Function<ScoreRecord, @Nullable String> name;
  private final Map<List<@Nullable String>, RollUp> sums = new HashMap<>();

  /**
   * Without any score yet.
   *
   * @param name what they have in common
   */
  RollUps(Function<ScoreRecord, @Nullable String> name) {
    this.name = name;
  }

  void add(ScoreRecord score) {
    RollUp one = RollUp.of(score, name.apply(score));
    sums.merge(Arrays.asList(one.market(), one.name()), one, RollUp::plus);
  }

  /** One for each market and name. */
  List<RollUp> end() {
    return sums.values().stream().sorted(RollUp.ORDER).toList();
  }
}
