package io.trendflow.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/** Spark jobs that do not depend on each other. */
public final class ConcurrentJobs {
  /** Largest number of pieces at a time, each of which has its rows in memory. */
  private static final int MOST_AT_ONCE = 8;

  private ConcurrentJobs() {}

  /**
   * Runs one piece of work more at a time than there are cores: a piece has many short stages,
   * between which it leaves cores idle.
   *
   * @return the results, in the order of the pieces
   */
  public static <T> List<T> run(SparkSession spark, List<Callable<T>> pieces) {
    int atOnce = Math.min(MOST_AT_ONCE, spark.sparkContext().defaultParallelism() + 1);
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> piece : pool.invokeAll(pieces)) {
        results.add(piece.get());
      }
      return results;
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
