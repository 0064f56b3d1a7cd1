package io.trendflow.training.backtest;

import io.trendflow.features.CachedRows;
import io.trendflow.features.FeatureSpec;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.training.Recipe;
import io.trendflow.training.measure.BacktestReport;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Result of a backtest. Closing it frees the memory of its rows. */
public final class BacktestResult implements AutoCloseable {
  private final RollingBacktest backtest;
  private final Recipe recipe;
  private final List<FeatureSpec> features;
  private final Dataset<Row> rows;
  private final BacktestReport report;
  private final PredictionCalibration calibration;
  private Map<String, BacktestResult> ablations = Map.of();
  private @Nullable TrendVerdict trends;
  private @Nullable EnsembleVerdict ensemble;
  private @Nullable WhatIfVerdict whatIfs;
  private @Nullable BacktestResult otherChoice;
  private @Nullable BacktestFigures figures;

  /**
   * Creates a result.
   *
   * @param backtest fits from which the rows follow
   * @param rows rows that are kept until {@link #close}
   */
  BacktestResult(
      RollingBacktest backtest,
      Recipe recipe,
      List<FeatureSpec> features,
      Dataset<Row> rows,
      BacktestReport report,
      PredictionCalibration calibration) {
    this.backtest = backtest;
    this.recipe = recipe;
    this.features = List.copyOf(features);
    this.rows = rows;
    this.report = report;
    this.calibration = calibration;
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
    otherChoice = other;
    return this;
  }

  /**
   * Sets the verdict on the parts of the ensemble.
   *
   * @param whole backtest with all parts, whose verdict on trends is that of this one, too; this
   *     one closes it
   */
  BacktestResult withEnsemble(EnsembleVerdict verdict, BacktestResult whole) {
    ensemble = verdict;
    if (whole != this) {
      trends = whole.trends;
      otherChoice = whole;
    }
    return this;
  }

  /** Sets the verdict on what-ifs about prices and promotions. */
  public void setWhatIfs(WhatIfVerdict verdict) {
    whatIfs = verdict;
  }

  /** Returns the fits from which the rows follow. */
  RollingBacktest backtest() {
    return backtest;
  }

  /** Returns the recipe of the rows: that of the fits, less the parts that a trial left out. */
  public Recipe recipe() {
    return recipe;
  }

  /** Returns the id of the recipe of the rows. */
  public String recipeId() {
    return recipe.recipeId(features);
  }

  /** Returns the features of the fits, in the model's order. */
  public List<FeatureSpec> features() {
    return features;
  }

  /** Returns whether the fits use trends and why; null if nothing decided on it. */
  public @Nullable TrendVerdict trends() {
    return trends;
  }

  /** Returns which parts the ensemble has and why; null if it has a single one. */
  public @Nullable EnsembleVerdict ensemble() {
    return ensemble;
  }

  /** Returns the verdicts by name, as stored beside the recipe's parameters. */
  public Map<String, String> findings() {
    Map<String, String> findings = new HashMap<>();
    if (trends != null) {
      findings.putAll(trends.parameters());
    }
    if (ensemble != null) {
      findings.putAll(ensemble.parameters());
    }
    if (whatIfs != null) {
      findings.putAll(whatIfs.parameters());
    }
    return findings;
  }

  /**
   * Returns the columns of {@code prediction.backtest}, one row per prediction whose label is
   * known.
   */
  public Dataset<Row> rows() {
    return rows;
  }

  /**
   * Returns the rows, and the rows of the ablations and of the other choices on trends and on parts
   * of the ensemble, which have a recipe_id of their own.
   */
  public Dataset<Row> rowsWithAblations() {
    Map<String, Dataset<Row>> byRecipe = new LinkedHashMap<>();
    withOtherChoices()
        .flatMap(result -> Stream.concat(Stream.of(result), result.ablations.values().stream()))
        .forEach(result -> byRecipe.putIfAbsent(result.recipeId(), result.rows));
    return byRecipe.values().stream().reduce(Dataset::unionByName).orElseThrow();
  }

  private Stream<BacktestResult> withOtherChoices() {
    return otherChoice == null
        ? Stream.of(this)
        : Stream.concat(Stream.of(this), otherChoice.withOtherChoices());
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
    ablations.values().forEach(BacktestResult::close);
    if (otherChoice != null) {
      otherChoice.close();
    }
  }
}
