package io.trendflow.scoring;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.model.TrendModel;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes predictions and scores from feature rows. */
public final class Scorer {
  private Scorer() {}

  /**
   * Predicts every row. Backtests and runs share this code.
   *
   * @param featureRows feature rows of any cutoffs
   * @return the same rows with the columns raw_prediction (log(1 + units)), median_units,
   *     expected_units, lower_units and upper_units; the last two are null if the model has no
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
   * @return the same rows with the column staged: one raw prediction for each tree
   * @throws IllegalArgumentException if the rows lack a feature of the model
   */
  public static Dataset<Row> staged(Dataset<Row> featureRows, TrendModel model) {
    return StagedPredictions.append(featureRows, model);
  }

  /**
   * Scores a run with a model and adds the reasons (see {@link ScoreReasons}). A model without
   * residuals uses the Poisson interval of its expected units.
   *
   * @param featureRows feature rows of one cutoff
   * @param lifecycles lifecycles to score; rows of other lifecycles are left out
   * @return the columns of {@code prediction.scores} in order, without run_id
   */
  public static Dataset<Row> score(
      Dataset<Row> featureRows, TrendModel model, Collection<String> lifecycles) {
    RowPredictor byModel = new ModelPredictor(model, featureRows.schema());
    RowPredictor complete = row -> PoissonInterval.complete(byModel.predict(row));
    Dataset<Row> predicted = complete.append(scored(featureRows, lifecycles));
    return run(ScoreReasons.append(predicted, model), model.horizonDays(), lit(model.modelId()));
  }

  /**
   * Scores a run without a model: expected and median units are the baseline's, and the interval is
   * that of a Poisson variable with this mean. The uplift of every row is therefore 0.
   *
   * @return as {@link #score}, with model_id null and no reasons
   */
  public static Dataset<Row> baseline(
      Dataset<Row> featureRows, int horizonDays, Collection<String> lifecycles) {
    RowPredictor byBaseline = new BaselinePredictor(featureRows.schema());
    Dataset<Row> scored =
        scored(featureRows, lifecycles)
            .withColumn("reasons", array().cast(ScoreReasons.REASONS))
            .withColumn("families", array().cast(ScoreReasons.FAMILIES));
    return run(byBaseline.append(scored), horizonDays, lit(null).cast("string"));
  }

  /**
   * Returns the column by which the scores of a run are ranked: uplift_revenue, or uplift_units if
   * no row has a price.
   */
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
