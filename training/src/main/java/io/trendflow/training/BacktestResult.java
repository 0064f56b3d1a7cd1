package io.trendflow.training;

import io.trendflow.model.ResidualTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a backtest gives. Closing it frees the memory of its rows. */
public final class BacktestResult implements AutoCloseable {
  private final Dataset<Row> rows;
  private final BacktestReport report;
  private final ResidualTables residuals;
  private final OutOfSample outOfSample;

  BacktestResult(
      Dataset<Row> rows, BacktestReport report, ResidualTables residuals, OutOfSample outOfSample) {
    this.rows = rows;
    this.report = report;
    this.residuals = residuals;
    this.outOfSample = outOfSample;
  }

  /** The columns of {@code prediction.backtest}, one row per prediction whose label is known. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Metrics of the model and the baselines. */
  public BacktestReport report() {
    return report;
  }

  /** For the final model: from every out-of-sample prediction whose label is known at as_of. */
  public ResidualTables residuals() {
    return residuals;
  }

  @Override
  public void close() {
    outOfSample.close();
  }
}
