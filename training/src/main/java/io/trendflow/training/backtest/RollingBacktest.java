package io.trendflow.training.backtest;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.features.CachedRows;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.scoring.Scorer;
import io.trendflow.training.BacktestFolds;
import io.trendflow.training.FittedModels;
import io.trendflow.training.Recipe;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingLineage;
import io.trendflow.training.measure.BacktestReport;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rolling-origin backtest: at each origin a new fit on the data known at the end of that day, with
 * calibration by earlier predictions whose labels were known by then, scored by the production
 * {@link Scorer}.
 */
public final class RollingBacktest {
  private final TrainingData data;
  private final BacktestPlan plan;
  private final String backtestId;
  private final List<FittedModels> fits;

  private RollingBacktest(
      TrainingData data, BacktestPlan plan, String backtestId, List<FittedModels> fits) {
    this.data = data;
    this.plan = plan;
    this.backtestId = backtestId;
    this.fits = List.copyOf(fits);
  }

  /**
   * Runs a backtest.
   *
   * @param data feature rows and labels that the plan needs
   * @param recipe recipe with the plan's horizon and cutoffs
   * @param wanted recipes that {@link #result} will be asked for: the recipe, and any that lack
   *     some of its parts
   * @param progress receives one line per stage, from several threads
   * @return the result; close it when its rows are no longer needed
   * @throws IllegalArgumentException if there are fewer than 100 examples at an origin; a warm-up
   *     fit with fewer is left out
   */
  public static BacktestResult run(
      TrainingData data,
      Recipe recipe,
      Set<Recipe> wanted,
      BacktestPlan plan,
      TrainingLineage lineage,
      String backtestId,
      Consumer<String> progress) {
    List<FittedModels> fits =
        BacktestFolds.at(plan.fits(), plan.origins(), data, recipe, wanted, lineage, progress);
    return new RollingBacktest(data, plan, backtestId, fits).result(recipe);
  }

  /**
   * Returns the result of a recipe by the fits, which are not repeated.
   *
   * @param recipe one of the wanted recipes
   * @return the result; close it when its rows are no longer needed
   */
  BacktestResult result(Recipe recipe) {
    String recipeId = recipe.recipeId(data.features());
    Map<LocalDate, TrendModel> fitted =
        fits.stream()
            .map(fit -> fit.of(recipe))
            .collect(toMap(RollingBacktest::day, model -> model));
    Map<LocalDate, PredictionCalibration> calibrations = calibrations(recipe, fitted);
    Map<LocalDate, TrendModel> complete = new TreeMap<>();
    for (LocalDate origin : plan.origins()) {
      TrendModel model = requireNonNull(fitted.get(origin));
      complete.put(origin, model.withCalibration(requireNonNull(calibrations.get(origin))));
    }
    Dataset<Row> rows =
        CachedRows.of(
            withActualUnits(Scorer.predict(rows(recipe, complete.keySet()), complete))
                .withColumn("backtest_id", lit(backtestId))
                .withColumn("recipe_id", lit(recipeId))
                .withColumn("horizon_days", lit((long) recipe.horizonDays()))
                .select(columns()));
    return new BacktestResult(
        this,
        recipe,
        data.features(),
        rows,
        BacktestReport.of(rows),
        requireNonNull(calibrations.get(plan.asOf())));
  }

  /**
   * Returns predictions at the origins before calibration, with the actual units, in one pass over
   * the feature rows.
   *
   * @param recipe one of the wanted recipes
   */
  Dataset<Row> uncalibrated(Recipe recipe) {
    Map<LocalDate, TrendModel> models =
        fits.stream()
            .map(fit -> fit.of(recipe))
            .filter(model -> plan.origins().contains(day(model)))
            .collect(toMap(RollingBacktest::day, model -> model));
    return withActualUnits(Scorer.unshrunk(rows(recipe, models.keySet()), models));
  }

  private static LocalDate day(TrendModel model) {
    return model.provenance().asOf();
  }

  /** Returns the calibrations of the models at the origins, and of the final fit. */
  private Map<LocalDate, PredictionCalibration> calibrations(
      Recipe recipe, Map<LocalDate, TrendModel> fitted) {
    List<LocalDate> days = Stream.concat(plan.origins().stream(), Stream.of(plan.asOf())).toList();
    try (OutOfSamplePredictions predictions =
        new OutOfSamplePredictions(data, outOfSample(recipe, fitted))) {
      return predictions.knownAtEach(days);
    }
  }

  private Dataset<Row> withActualUnits(Dataset<Row> predicted) {
    return predicted
        .join(data.labelsKnownAt(plan.asOf()), TrainingData.keys())
        .withColumnRenamed("label_units", "actual_units");
  }

  /** Returns what each fit predicts until the next one, without calibration. */
  private Dataset<Row> outOfSample(Recipe recipe, Map<LocalDate, TrendModel> fitted) {
    Map<LocalDate, TrendModel> models = new TreeMap<>();
    fitted.forEach(
        (day, model) -> plan.predictedBy(day).forEach(cutoff -> models.put(cutoff, model)));
    return Scorer.predict(rows(recipe, models.keySet()), models);
  }

  private Dataset<Row> rows(Recipe recipe, Collection<LocalDate> cutoffs) {
    return data.featureRows()
        .filter(col("cutoff").isin(cutoffs.toArray()))
        .filter(col("lifecycle").isin(recipe.lifecycles().toArray()));
  }

  private static Column[] columns() {
    return Table.BACKTEST.contract().fields().stream()
        .map(TableField::name)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
