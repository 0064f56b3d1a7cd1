package io.trendflow.training;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.TrendModel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Fits of a backtest, which do not depend on each other. */
public final class BacktestFolds {
  private BacktestFolds() {}

  /**
   * Returns the models of the given days, in order, uncalibrated.
   *
   * @param required days that must have enough examples; others that have too few are left out
   * @param wanted recipes whose models are returned: the recipe, and those that lack some of its
   *     parts, for which nothing else is fitted
   * @throws IllegalArgumentException if there are fewer than 100 examples on a required day
   */
  public static List<FittedModels> at(
      List<LocalDate> days,
      Collection<LocalDate> required,
      TrainingData data,
      Recipe recipe,
      Set<Recipe> wanted,
      TrainingLineage lineage,
      Consumer<String> progress) {
    Set<PredictionTarget> targets = wanted.stream().map(Recipe::target).collect(toSet());
    OriginFits origins = new OriginFits(data, recipe, days, targets, false);
    AtomicInteger done = new AtomicInteger();
    List<Callable<Optional<FittedModels>>> fits = new ArrayList<>();
    for (LocalDate day : days) {
      fits.add(
          () -> {
            Instant start = Instant.now();
            Optional<FittedExamples> fitted =
                required.contains(day) ? Optional.of(origins.at(day)) : origins.find(day);
            progress.accept(
                "fit %d of %d, at %s: %,d examples, %d s"
                    .formatted(
                        done.incrementAndGet(),
                        days.size(),
                        day,
                        fitted.map(fit -> FittedExamples.count(fit.examples())).orElse(0L),
                        Duration.between(start, Instant.now()).toSeconds()));
            return fitted.map(
                fit ->
                    new FittedModels(
                        wanted.stream()
                            .collect(
                                toMap(one -> one, one -> fold(fit, data, one, day, lineage)))));
          });
    }
    return ConcurrentJobs.run(data.featureRows().sparkSession(), fits).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns the model of a fold, which has no calibration. */
  private static TrendModel fold(
      FittedExamples fitted,
      TrainingData data,
      Recipe recipe,
      LocalDate day,
      TrainingLineage lineage) {
    return Trainer.model(
        fitted, data, recipe, day, PredictionCalibration.unknown(), List.of(), lineage);
  }
}
