package io.trendflow.training.backtest;

import io.trendflow.model.ResidualTables;
import io.trendflow.training.measure.BacktestReport;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What a backtest gives. Closing it frees the memory of its rows. */
public final class BacktestResult implements AutoCloseable {
  private final String recipeId;
  private final Dataset<Row> rows;
  private final BacktestReport report;
  private final ResidualTables residuals;
  private final OutOfSamplePredictions outOfSample;
  private final Map<String, BacktestResult> ablations;
  private @Nullable BacktestFigures figures;

  /**
   * @param rows kept until {@link #close}
   */
  BacktestResult(
      String recipeId,
      Dataset<Row> rows,
      BacktestReport report,
      ResidualTables residuals,
      OutOfSamplePredictions outOfSample,
      Map<String, BacktestResult> ablations) {
    this.recipeId = recipeId;
    this.rows = rows;
    this.report = report;
    this.residuals = residuals;
    this.outOfSample = outOfSample;
    this.ablations = ablations;
  }

  /** Recipe of the rows. */
  String recipeId() {
    return recipeId;
  }

  /** The columns of {@code prediction.backtest}, one row per prediction whose label is known. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** The rows and those of the ablations, which have a recipe_id of their own. */
  public Dataset<Row> rowsWithAblations() {
    return ablations.values().stream().map(BacktestResult::rows).reduce(rows, Dataset::unionByName);
  }

  /** Metrics of the model and the baselines. */
  public BacktestReport report() {
    return report;
  }

  /** What people look at; computed when first asked for. */
  public BacktestFigures figures() {
    if (figures == null) {
      figures = BacktestFigures.of(this);
    }
    return figures;
  }

  /** By the name of the features that each does without, in the order of the configuration. */
  Map<String, BacktestResult> ablations() {
    return ablations;
  }

  /** For the final model: from every out-of-sample prediction whose label is known at as_of. */
  public ResidualTables residuals() {
    return residuals;
  }

  @Override
  public void close() {
    rows.unpersist();
    outOfSample.close();
    ablations.values().forEach(BacktestResult::close);
  }
}
