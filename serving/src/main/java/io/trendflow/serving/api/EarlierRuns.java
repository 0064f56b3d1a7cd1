package io.trendflow.serving.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpStatus;
import io.trendflow.schemas.Table;
import io.trendflow.serving.snapshot.RunSnapshot;
import io.trendflow.serving.snapshot.SnapshotLoader;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the scores of earlier runs from the warehouse, one run at a time. Memory that is needed for
 * the served run takes precedence over what is kept here.
 */
@Singleton
final class EarlierRuns {
  /** Maximum number of rows of an earlier run that can be listed. */
  static final int MOST_ROWS = 250_000;

  private static final Logger LOG = LoggerFactory.getLogger(EarlierRuns.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Warehouse warehouse;
  private final Duration patience;
  private final Semaphore turn = new Semaphore(1, true);
  private final Cache<String, RunSnapshot> scores =
      Caffeine.newBuilder().maximumSize(2).softValues().build();
  private final Cache<String, List<RankRow>> ranks =
      Caffeine.newBuilder().maximumSize(2).softValues().build();

  /** Reads from the warehouse. */
  private interface Reading<T> {
    T read(Run run) throws UnreadableException;
  }

  EarlierRuns(Warehouse warehouse, @Value("${trendflow.history.patience}") Duration patience) {
    this.warehouse = warehouse;
    this.patience = patience;
  }

  /**
   * Returns the scores of a run, without the data around them.
   *
   * @throws ProblemException status 503 if the store can't be read or another run is being read,
   *     and 400 if the run has too many rows
   */
  RunSnapshot scores(Run run) {
    requireFew(run);
    return of(run, scores, one -> new SnapshotLoader(warehouse, one, List.of()).loadScores());
  }

  /**
   * Returns the ranks of a run's products.
   *
   * @throws ProblemException as {@link #scores} does
   */
  List<RankRow> ranks(Run run) {
    requireFew(run);
    return of(run, ranks, this::readRanks);
  }

  private List<RankRow> readRanks(Run run) throws UnreadableException {
    List<RankRow> rows = new ArrayList<>();
    warehouse.read(
        RowSelection.batches(Table.SCORES, List.of(run.runId())), RankRow.class, rows::add);
    return List.copyOf(rows);
  }

  private static void requireFew(Run run) {
    if (run.scoredRows() > MOST_ROWS) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.BAD_REQUEST,
              "Run '%s' has more rows than the maximum of %d for an earlier run: query the table prediction.scores instead."
                  .formatted(run.runId(), MOST_ROWS)));
    }
  }

  private <T> T of(Run run, Cache<String, T> cache, Reading<T> reading) {
    T known = cache.getIfPresent(run.runId());
    if (known != null) {
      return known;
    }
    acquireTurn();
    try {
      T read = cache.getIfPresent(run.runId()); // another request may have read it meanwhile
      if (read == null) {
        read = reading.read(run);
        cache.put(run.runId(), read);
      }
      return read;
    } catch (UnreadableException e) {
      // The cause may name rows and sums of markets that the caller may not see.
      LOG.warn("Run {} can't be read: {}.", run.title(), e.getMessage());
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "Run '" + run.runId() + "' can't be read: the log of the service has the reason."));
    } finally {
      turn.release();
    }
  }

  private void acquireTurn() {
    try {
      if (turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        ProblemBody.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Another earlier run is being read: try again in %d s."
                .formatted(RETRY_AFTER.toSeconds())),
        RETRY_AFTER);
  }
}
