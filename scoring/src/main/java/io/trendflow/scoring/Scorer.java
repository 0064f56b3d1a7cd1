package io.trendflow.scoring;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.model.TrendModel;
import io.trendflow.model.UpliftShrinkage;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes predictions and scores from feature rows. */
public final class Scorer {
  private Scorer() {}

  /**
   * Predicts the rows of each cutoff by a model of its own. Backtests and runs share this code.
   *
   * @param featureRows feature rows of the cutoffs that have a model, and of no others
   * @return the same rows with the columns raw_prediction (log(1 + units)), median_units,
   *     expected_units; lower_units, upper_units, the quantiles and chance, which are null if the
   *     model has no residuals; mean_units, the expected units before {@link UpliftShrinking}, and
   *     uplift_share, the rank of their uplift
   * @throws IllegalArgumentException if the rows lack a feature of a model
   */
  public static Dataset<Row> predict(
      Dataset<Row> featureRows, Map<LocalDate, TrendModel> modelsByCutoff) {
    Map<LocalDate, UpliftShrinkage> shrinkages = new HashMap<>();
    modelsByCutoff.forEach((day, model) -> shrinkages.put(day, model.calibration().uplift()));
    return MarketRanks.apply(
        unshrunk(featureRows, modelsByCutoff),
        UpliftShrinking.NEEDED,
        rows -> UpliftShrinking.apply(rows, shrinkages));
  }

  /**
   * Predicts rows as {@link #predict} does, before {@link UpliftShrinking}.
   *
   * @return the same rows with the columns of {@link #predict}, without mean_units and uplift_share
   */
  public static Dataset<Row> unshrunk(
      Dataset<Row> featureRows, Map<LocalDate, TrendModel> modelsByCutoff) {
    return new CutoffPredictor(modelsByCutoff, featureRows.schema()).append(featureRows);
  }

  /**
   * Predicts every row as if the model ended after each round of its trees.
   *
   * @param featureRows feature rows of any cutoffs
   * @return the same rows with the column staged: one raw prediction for each round
   * @throws IllegalArgumentException if the rows lack a feature of the model
   */
  public static Dataset<Row> staged(Dataset<Row> featureRows, TrendModel model) {
    return StagedPredictions.append(featureRows, model);
  }

  /**
   * Scores a run with a model and adds the reasons (see {@link ScoreReasons}). A model without
   * residuals uses the Poisson quantiles of its expected units.
   *
   * @param featureRows feature rows of one cutoff
   * @param lifecycles lifecycles to score; rows of other lifecycles are left out
   * @param previous scores of the run before, from which products keep their state; empty if there
   *     was none
   * @return the columns of {@code prediction.scores} in order, without run_id and without {@link
   *     FurtherHorizons further horizons}
   */
  public static Dataset<Row> score(
      Dataset<Row> featureRows,
      TrendModel model,
      Collection<String> lifecycles,
      Optional<Dataset<Row>> previous) {
    Dataset<Row> ranked =
        MarketRanks.apply(
            complete(featureRows, model, lifecycles),
            UpliftRanking.NEEDED,
            rows -> UpliftRanking.add(UpliftShrinking.apply(rows, model.calibration().uplift())));
    return run(
        ScoreReasons.append(ranked, model), model.horizonDays(), lit(model.modelId()), previous);
  }

  /** Returns the expected units and the quantiles of {@link #score}, beside the feature rows. */
  static Dataset<Row> expected(
      Dataset<Row> featureRows, TrendModel model, Collection<String> lifecycles) {
    return MarketRanks.apply(
        complete(featureRows, model, lifecycles),
        UpliftShrinking.NEEDED,
        rows -> UpliftShrinking.apply(rows, model.calibration().uplift()));
  }

  /** Predicts rows, with Poisson quantiles if the model has no residuals. */
  private static Dataset<Row> complete(
      Dataset<Row> featureRows, TrendModel model, Collection<String> lifecycles) {
    RowPredictor byModel = new ModelPredictor(model, featureRows.schema());
    RowPredictor complete = row -> PoissonInterval.complete(byModel.predict(row));
    return complete.append(scored(featureRows, lifecycles));
  }

  /**
   * Scores a run without a model: expected and median units are the baseline's, and the interval is
   * that of a Poisson variable with this mean. The uplift of every row is therefore 0.
   *
   * @return as {@link #score}, with model_id and chance null, every state unsure, and no reasons
   */
  public static Dataset<Row> baseline(
      Dataset<Row> featureRows, int horizonDays, Collection<String> lifecycles) {
    Dataset<Row> scored =
        scored(featureRows, lifecycles)
            .withColumns(
                Map.of(
                    "reasons",
                    array().cast(ScoreReasons.REASONS),
                    "families",
                    array().cast(ScoreReasons.FAMILIES),
                    WeeklyPath.PLANNED,
                    lit(0.0)));
    // Ranking reads its rows twice. It needs no more than the baseline, so the quantiles follow.
    Dataset<Row> ranked =
        MarketRanks.apply(
                scored.withColumn("expected_units", col("baseline_units")),
                UpliftRanking.NEEDED,
                UpliftRanking::add)
            .drop("expected_units");
    RowPredictor byBaseline = new BaselinePredictor(ranked.schema());
    return run(byBaseline.append(ranked), horizonDays, lit(null).cast("string"), Optional.empty());
  }

  /**
   * Returns the column by which the scores of a run are ranked: uplift_revenue, or uplift_units if
   * no row has a price.
   */
  public static String rankedBy(Dataset<Row> scores) {
    boolean priced = !scores.filter(col("uplift_revenue").isNotNull()).isEmpty();
    return priced ? "uplift_revenue" : "uplift_units";
  }

  static Dataset<Row> scored(Dataset<Row> featureRows, Collection<String> lifecycles) {
    return featureRows.filter(col("lifecycle").isin(lifecycles.toArray()));
  }

  private static Dataset<Row> run(
      Dataset<Row> ranked, int horizonDays, Column modelId, Optional<Dataset<Row>> previous) {
    Dataset<Row> scores = ranked.withColumnRenamed("cutoff", "as_of");
    Dataset<Row> withState =
        previous
            .map(before -> MovementState.append(scores, before))
            .orElseGet(() -> MovementState.append(scores));
    return WeeklyPath.append(withState)
        .withColumns(
            Map.of(
                "horizon_days", lit((long) horizonDays),
                "model_id", modelId,
                "further_horizons", FurtherHorizons.none()))
        .select(UpliftRanking.scoreColumns());
  }
}
