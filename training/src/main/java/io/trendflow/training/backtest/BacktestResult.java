package io.trendflow.training.backtest;

import io.trendflow.features.FeatureSpec;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.training.CachedRows;
import io.trendflow.training.measure.BacktestReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Result of a backtest. Closing it frees the memory of its rows. */
public final class BacktestResult implements AutoCloseable {
  private final String recipeId;
  private final List<FeatureSpec> features;
  private final Dataset<Row> rows;
  private final BacktestReport report;
  private final PredictionCalibration calibration;
  private final OutOfSamplePredictions outOfSample;
  private Map<String, BacktestResult> ablations = Map.of();
  private @Nullable TrendVerdict trends;
  private @Nullable BacktestResult otherTrends;
  private @Nullable BacktestFigures figures;

  /**
   * Creates a result.
   *
   * @param rows rows that are kept until {@link #close}
   */
  BacktestResult(
      String recipeId,
      List<FeatureSpec> features,
      Dataset<Row> rows,
      BacktestReport report,
      PredictionCalibration calibration,
      OutOfSamplePredictions outOfSample) {
    this.recipeId = recipeId;
    this.features = List.copyOf(features);
    this.rows = rows;
    this.report = report;
    this.calibration = calibration;
    this.outOfSample = outOfSample;
  }

  /** Sets the results of backtests without some of the features, which this one closes. */
  BacktestResult withAblations(Map<String, BacktestResult> results) {
    ablations = results;
    return this;
  }

  /**
   * Sets the verdict on trends.
   *
   * @param other backtest with the other choice, which this one closes; null if there was none
   */
  BacktestResult withTrends(TrendVerdict verdict, @Nullable BacktestResult other) {
    trends = verdict;
    otherTrends = other;
    return this;
  }

  /** Returns the id of the recipe of the rows. */
  public String recipeId() {
    return recipeId;
  }

  /** Returns the features of the fits, in the model's order. */
  public List<FeatureSpec> features() {
    return features;
  }

  /** Returns whether the fits use trends and why; null if nothing decided on it. */
  public @Nullable TrendVerdict trends() {
    return trends;
  }

  /**
   * Returns the columns of {@code prediction.backtest}, one row per prediction whose label is
   * known.
   */
  public Dataset<Row> rows() {
    return rows;
  }

  /**
   * Returns the rows, and the rows of the ablations and of the other choice on trends, which have a
   * recipe_id of their own.
   */
  public Dataset<Row> rowsWithAblations() {
    Map<String, Dataset<Row>> byRecipe = new LinkedHashMap<>();
    byRecipe.put(recipeId, rows);
    Stream.concat(Stream.ofNullable(otherTrends), ablations.values().stream())
        .forEach(result -> byRecipe.putIfAbsent(result.recipeId, result.rows));
    return byRecipe.values().stream().reduce(Dataset::unionByName).orElseThrow();
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
    CachedRows.release(rows);
    outOfSample.close();
    ablations.values().forEach(BacktestResult::close);
    if (otherTrends != null) {
      otherTrends.close();
    }
  }
}
