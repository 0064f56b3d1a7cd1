package io.trendflow.scoring;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.model.TrendModel;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Feature rows to predictions and scores. */
public final class Scorer {
  private Scorer() {}

  /**
   * Predicts every row. A backtest and a run predict by this same code.
   *
   * @param featureRows feature rows of any cutoffs
   * @return the same rows with the columns raw_prediction (log(1 + units)), median_units,
   *     expected_units, lower_units and upper_units; the last two are null where the model knows no
   *     residuals
   * @throws IllegalArgumentException if the rows lack a feature of the model
   */
  public static Dataset<Row> predict(Dataset<Row> featureRows, TrendModel model) {
    return new ModelPredictor(model, featureRows.schema()).append(featureRows);
  }

  /**
   * Predicts every row as if the model ended after each of its trees.
   *
   * @param featureRows feature rows of any cutoffs
   * @return the same rows with the column staged: as many raw predictions as the model has trees
   * @throws IllegalArgumentException if the rows lack a feature of the model
   */
  public static Dataset<Row> staged(Dataset<Row> featureRows, TrendModel model) {
    return StagedPredictions.append(featureRows, model);
  }

  /**
   * Scores a run with a model, and says why: see {@link ScoreReasons}. A model that knows no
   * residuals gives the Poisson interval of its expected units.
   *
   * @param featureRows feature rows of one cutoff
   * @param lifecycles the lifecycles to score; other rows are left out
   * @return the columns of {@code prediction.scores} in their order, without run_id
   */
  public static Dataset<Row> score(
      Dataset<Row> featureRows, TrendModel model, Collection<String> lifecycles) {
    RowPredictor byModel = new ModelPredictor(model, featureRows.schema());
    RowPredictor complete = row -> PoissonInterval.complete(byModel.predict(row));
    Dataset<Row> scored = ScoreReasons.append(scored(featureRows, lifecycles), model);
    return run(complete.append(scored), model.horizonDays(), lit(model.modelId()));
  }

  /**
   * Scores a run without a model: expected and median units are the baseline's, the interval is
   * that of a Poisson variable with this mean, so the uplift of every row is 0.
   *
   * @return as {@link #score}, model_id null and without reasons
   */
  public static Dataset<Row> baseline(
      Dataset<Row> featureRows, int horizonDays, Collection<String> lifecycles) {
    RowPredictor byBaseline = new BaselinePredictor(featureRows.schema());
    Dataset<Row> scored =
        scored(featureRows, lifecycles).withColumn("reasons", array().cast(ScoreReasons.TYPE));
    return run(byBaseline.append(scored), horizonDays, lit(null).cast("string"));
  }

  /** What the scores of a run are ranked by: uplift_revenue, or uplift_units without any price. */
  public static String rankedBy(Dataset<Row> scores) {
    boolean priced = !scores.filter(col("uplift_revenue").isNotNull()).isEmpty();
    return priced ? "uplift_revenue" : "uplift_units";
  }

  private static Dataset<Row> scored(Dataset<Row> featureRows, Collection<String> lifecycles) {
    return featureRows.filter(col("lifecycle").isin(lifecycles.toArray()));
  }

  private static Dataset<Row> run(Dataset<Row> predicted, int horizonDays, Column modelId) {
    return UpliftRanking.add(predicted)
        .withColumn("horizon_days", lit((long) horizonDays))
        .withColumn("model_id", modelId)
        .select(UpliftRanking.scoreColumns());
  }
}
