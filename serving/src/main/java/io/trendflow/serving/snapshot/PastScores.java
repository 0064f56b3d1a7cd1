package io.trendflow.serving.snapshot;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.ProductKeyed;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores that earlier runs gave to the products of the served run, in a few bytes per score. */
public final class PastScores {
  /** Columns that are read of an earlier run's scores. */
  public record Row(
      String market,
      String productId,
      double expectedUnits,
      double baselineUnits,
      double potential,
      long rank)
      implements ProductKeyed {}

  /**
   * Score of an earlier run.
   *
   * @param asOf last day that the earlier run knew
   * @param runId id of the earlier run
   * @param expectedUnits expected units, like the two following values with six significant digits
   * @param rank rank in the market
   */
  @Serdeable
  public record Past(
      LocalDate asOf,
      String runId,
      float expectedUnits,
      float baselineUnits,
      float potential,
      int rank) {}

  private final ByProduct<ScoreRecord> scores;
  private final List<OfRun> runs = new ArrayList<>();

  PastScores(ByProduct<ScoreRecord> scores) {
    this.scores = scores;
  }

  /** Scores that one earlier run gave to the products of the served run. */
  final class OfRun {
    private final Run run;
    private final float[] expected = unknown();
    private final float[] baseline = unknown();
    private final float[] potential = unknown();
    private final int[] rank = new int[scores.rows().size()];
    private int next;

    private OfRun(Run run) {
      this.run = run;
    }

    private float[] unknown() {
      float[] values = new float[scores.rows().size()];
      Arrays.fill(values, Float.NaN);
      return values;
    }

    /** Adds a score. Scores must come in the order of product_id, then market. */
    void add(Row row) {
      int size = scores.rows().size();
      while (next < size && scores.compare(next, row.productId(), row.market()) < 0) {
        next++;
      }
      if (next < size && scores.compare(next, row.productId(), row.market()) == 0) {
        expected[next] = (float) row.expectedUnits();
        baseline[next] = (float) row.baselineUnits();
        potential[next] = (float) row.potential();
        rank[next] = Math.toIntExact(row.rank());
      }
    }

    private Past past(int row) {
      return new Past(
          run.asOf(), run.runId(), expected[row], baseline[row], potential[row], rank[row]);
    }
  }

  /** Begins adding the scores of a run. Runs must come from the latest to the earliest. */
  OfRun begin(Run run) {
    OfRun begun = new OfRun(run);
    runs.add(begun);
    return begun;
  }

  /** Returns the latest earlier run that a model ranked; null if there is none. */
  public @Nullable Run ranked() {
    OfRun ranked = latestRanked();
    return ranked == null ? null : ranked.run;
  }

  /**
   * Returns the rank that the latest earlier run ranked by a model gave to a product in a market; 0
   * if that run has no score of it.
   */
  public int rankBefore(String productId, String market) {
    OfRun ranked = latestRanked();
    int row = scores.firstFrom(productId, market);
    return ranked == null
            || row == scores.rows().size()
            || scores.compare(row, productId, market) != 0
        ? 0
        : ranked.rank[row];
  }

  private @Nullable OfRun latestRanked() {
    return runs.stream().filter(of -> of.run.modelId() != null).findFirst().orElse(null);
  }

  /** Returns the scores that earlier runs gave to a product in a market, oldest first. */
  public List<Past> of(String productId, String market) {
    int row = scores.firstFrom(productId, market);
    if (row == scores.rows().size() || scores.compare(row, productId, market) != 0) {
      return List.of();
    }
    return runs.stream()
        .filter(run -> !Float.isNaN(run.expected[row]))
        .map(run -> run.past(row))
        .sorted(Comparator.comparing(Past::asOf))
        .toList();
  }
}
