package io.trendflow.model;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Corrections of a model's predictions, learned from out-of-sample predictions whose outcomes were
 * known when the model was trained.
 *
 * @param residuals distributions of the errors
 * @param chances map that calibrates the chance to exceed the baseline
 * @param uplift factors that shrink the predicted uplift
 */
public record PredictionCalibration(
    ResidualTables residuals, ChanceMap chances, UpliftShrinkage uplift) implements Serializable {
  /**
   * Fewest predictions of the latest cutoffs from which a lifecycle's errors are learned; errors
   * drift with the season.
   */
  private static final int RECENT_PREDICTIONS = 10_000;

  /** Returns the calibration of a model whose errors are unknown, which changes nothing. */
  public static PredictionCalibration unknown() {
    return new PredictionCalibration(
        ResidualTables.unknown(), ChanceMap.identity(), UpliftShrinkage.none());
  }

  /** Learns the calibration, from predictions in any order. */
  public static PredictionCalibration of(Collection<PastPrediction> predictions) {
    List<PastPrediction> past = predictions.stream().sorted(PastPrediction.ORDER).toList();
    List<PastPrediction> levelled =
        past.stream().collect(groupingBy(PastPrediction::cutoff)).values().stream()
            .flatMap(cutoff -> CutoffLevel.removed(cutoff).stream())
            .toList();
    ResidualTables residuals = ResidualTables.of(recent(levelled));
    if (residuals.all() == null) {
      return unknown();
    }
    return new PredictionCalibration(
        residuals,
        ChanceMap.of(past.stream().map(p -> outcome(residuals, p)).toList()),
        UpliftShrinkage.of(levelled));
  }

  /**
   * Returns the quantiles of the units; null if no residuals are known. The median is the raw
   * prediction itself, and no quantile below it is higher, nor one above it lower.
   */
  @Nullable UnitQuantiles quantiles(String lifecycle, double raw) {
    ResidualCell errors = residuals.cell(lifecycle, raw);
    if (errors == null) {
      return null;
    }
    List<Double> units = new ArrayList<>();
    for (int level : UnitQuantiles.LEVELS) {
      double residual = level == 50 ? 0 : errors.quantile(level * ResidualCell.PARTS / 100);
      double bounded = level < 50 ? Math.min(0, residual) : Math.max(0, residual);
      units.add(Math.max(0, Math.expm1(raw + bounded)));
    }
    return new UnitQuantiles(units);
  }

  /** Returns the chance that the units exceed the baseline; null if no residuals are known. */
  @Nullable Double chance(String lifecycle, double raw, double baselineUnits) {
    ResidualCell errors = residuals.cell(lifecycle, raw);
    return errors == null ? null : chances.chance(implied(errors, raw, baselineUnits));
  }

  private static ChanceMap.Outcome outcome(ResidualTables residuals, PastPrediction past) {
    PredictionResidual residual = past.residual();
    ResidualCell errors =
        requireNonNull(residuals.cell(residual.lifecycle(), residual.rawPrediction()));
    return new ChanceMap.Outcome(
        past.cutoff(),
        implied(errors, residual.rawPrediction(), past.baselineUnits()),
        residual.actualUnits() > past.baselineUnits());
  }

  private static double implied(ResidualCell errors, double raw, double baselineUnits) {
    return 1 - errors.probability(Math.log1p(baselineUnits) - raw);
  }

  /** Returns the residuals of each lifecycle's latest cutoffs. */
  private static List<PredictionResidual> recent(List<PastPrediction> past) {
    return past.stream().collect(groupingBy(p -> p.residual().lifecycle())).values().stream()
        .flatMap(own -> latest(own).stream())
        .map(PastPrediction::residual)
        .toList();
  }

  /** Returns the predictions of the latest cutoffs: as many cutoffs as have enough of them. */
  private static List<PastPrediction> latest(List<PastPrediction> past) {
    TreeMap<LocalDate, List<PastPrediction>> byCutoff =
        past.stream().collect(groupingBy(PastPrediction::cutoff, TreeMap::new, toList()));
    List<PastPrediction> latest = new ArrayList<>();
    for (List<PastPrediction> cutoff : byCutoff.descendingMap().values()) {
      if (latest.size() < RECENT_PREDICTIONS) {
        latest.addAll(cutoff);
      }
    }
    return latest;
  }
}
