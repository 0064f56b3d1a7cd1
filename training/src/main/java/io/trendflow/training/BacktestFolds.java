package io.trendflow.training;

import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.TrendModel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Fits of a backtest, which do not depend on each other. */
public final class BacktestFolds {
  /** Largest number of fits at a time, each of which has its examples in memory. */
  private static final int MOST_AT_ONCE = 8;

  private BacktestFolds() {}

  /** Returns the models of the given days, in order, uncalibrated. */
  public static List<TrendModel> at(
      List<LocalDate> days,
      TrainingData data,
      Recipe recipe,
      TrainingLineage lineage,
      Consumer<String> progress) {
    AtomicInteger done = new AtomicInteger();
    List<Callable<TrendModel>> fits = new ArrayList<>();
    for (LocalDate day : days) {
      fits.add(
          () -> {
            Instant start = Instant.now();
            TrendModel model =
                Trainer.fold(
                    data, recipe, day, PredictionCalibration.unknown(), List.of(), lineage);
            progress.accept(
                "fit %d of %d, at %s: %,d examples, %d s"
                    .formatted(
                        done.incrementAndGet(),
                        days.size(),
                        day,
                        model.provenance().examples(),
                        Duration.between(start, Instant.now()).toSeconds()));
            return model;
          });
    }
    return run(fits, atOnce(data));
  }

  /**
   * Returns one more fit than there are cores: a fit has hundreds of short stages, between which it
   * leaves cores idle.
   */
  private static int atOnce(TrainingData data) {
    int cores = data.featureRows().sparkSession().sparkContext().defaultParallelism();
    return Math.min(MOST_AT_ONCE, cores + 1);
  }

  private static List<TrendModel> run(List<Callable<TrendModel>> fits, int atOnce) {
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    try {
      List<TrendModel> models = new ArrayList<>();
      for (Future<TrendModel> model : pool.invokeAll(fits)) {
        models.add(model.get());
      }
      return models;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a backtest", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
