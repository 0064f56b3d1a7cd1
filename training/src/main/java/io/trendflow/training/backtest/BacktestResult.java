package io.trendflow.training.backtest;

import io.trendflow.model.PredictionCalibration;
import io.trendflow.training.measure.BacktestReport;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Result of a backtest. Closing it frees the memory of its rows. */
public final class BacktestResult implements AutoCloseable {
  private final String recipeId;
  private final Dataset<Row> rows;
  private final BacktestReport report;
  private final PredictionCalibration calibration;
  private final OutOfSamplePredictions outOfSample;
  private final Map<String, BacktestResult> ablations;
  private @Nullable BacktestFigures figures;

  /**
   * Creates a result.
   *
   * @param rows rows that are kept until {@link #close}
   */
  BacktestResult(
      String recipeId,
      Dataset<Row> rows,
      BacktestReport report,
      PredictionCalibration calibration,
      OutOfSamplePredictions outOfSample,
      Map<String, BacktestResult> ablations) {
    this.recipeId = recipeId;
    this.rows = rows;
    this.report = report;
    this.calibration = calibration;
    this.outOfSample = outOfSample;
    this.ablations = ablations;
  }

  /** Returns the id of the recipe of the rows. */
  String recipeId() {
    return recipeId;
  }

  /**
   * Returns the columns of {@code prediction.backtest}, one row per prediction whose label is
   * known.
   */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Returns the rows and the rows of the ablations, which have a recipe_id of their own. */
  public Dataset<Row> rowsWithAblations() {
    return ablations.values().stream().map(BacktestResult::rows).reduce(rows, Dataset::unionByName);
  }

  /** Returns the metrics of the model and the baselines. */
  public BacktestReport report() {
    return report;
  }

  /** Returns the figures for people, computed on the first call. */
  public BacktestFigures figures() {
    if (figures == null) {
      figures = BacktestFigures.of(this);
    }
    return figures;
  }

  /**
   * Returns the result of each ablation by the name of the features left out, in the order of the
   * configuration.
   */
  Map<String, BacktestResult> ablations() {
    return ablations;
  }

  /**
   * Returns the calibration of the final model, from every out-of-sample prediction whose label is
   * known at {@code asOf}.
   */
  public PredictionCalibration calibration() {
    return calibration;
  }

  @Override
  public void close() {
    rows.unpersist();
    outOfSample.close();
    ablations.values().forEach(BacktestResult::close);
  }
}
