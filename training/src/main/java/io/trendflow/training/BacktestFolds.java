package io.trendflow.training;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  /**
   * Returns the models of the given days, in order, uncalibrated.
   *
   * @param wanted recipes whose models are returned: the recipe, and those that lack some of its
   *     parts, for which nothing else is fitted
   */
  public static List<FittedModels> at(
      List<LocalDate> days,
      TrainingData data,
      Recipe recipe,
      Set<Recipe> wanted,
      TrainingLineage lineage,
      Consumer<String> progress) {
    AtomicInteger done = new AtomicInteger();
    List<Callable<FittedModels>> fits = new ArrayList<>();
    for (LocalDate day : days) {
      fits.add(
          () -> {
            Instant start = Instant.now();
            FittedModels models = Trainer.fold(data, recipe, wanted, day, lineage);
            progress.accept(
                "fit %d of %d, at %s: %,d examples, %d s"
                    .formatted(
                        done.incrementAndGet(),
                        days.size(),
                        day,
                        models.of(recipe).provenance().examples(),
                        Duration.between(start, Instant.now()).toSeconds()));
            return models;
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

  private static List<FittedModels> run(List<Callable<FittedModels>> fits, int atOnce) {
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    try {
      List<FittedModels> models = new ArrayList<>();
      for (Future<FittedModels> fit : pool.invokeAll(fits)) {
        models.add(fit.get());
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
