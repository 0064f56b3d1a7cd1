package io.trendflow.serving.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpStatus;
import io.trendflow.serving.api.HistoryReader.Question;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many histories are read at once, because each reads the store: some are read, some
 * wait for their turn, and further ones are refused. Equal requests share one read.
 */
@Singleton
public final class HistoryQueue {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MOST_VALUES = 200_000;

  private final HistoryReader reader;
  private final Semaphore places;
  private final Semaphore turns;
  private final Duration patience;
  private final Map<Question, CompletableFuture<History>> running = new ConcurrentHashMap<>();
  private final Cache<Question, History> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST_VALUES)
          .weigher((Question question, History history) -> weight(history))
          .build();

  /**
   * Creates the queue.
   *
   * @param reading maximum number of histories that are read at once
   * @param waiting maximum number of further requests that wait
   * @param patience maximum time of waiting
   */
  HistoryQueue(
      HistoryReader reader,
      @Value("${trendflow.history.reading}") int reading,
      @Value("${trendflow.history.waiting}") int waiting,
      @Value("${trendflow.history.patience}") Duration patience) {
    if (reading < 1 || waiting < 0) {
      throw new IllegalArgumentException(
          "trendflow.history.reading is %d and trendflow.history.waiting is %d: set them to 1 or more, and to 0 or more."
              .formatted(reading, waiting));
    }
    this.reader = reader;
    this.turns = new Semaphore(reading, true);
    this.places = new Semaphore(reading + waiting);
    this.patience = patience;
  }

  private static int weight(History history) {
    return 1
        + history.weeks().size()
        + history.outcomes().size()
        + history.planned().size()
        + history.trends().stream().mapToInt(trend -> 1 + trend.points().size()).sum();
  }

  /**
   * Returns the history of a product in a market.
   *
   * @throws ProblemException status 503 if the store can't be read or too many histories are asked
   *     for
   */
  History of(Question question) {
    History known = kept.getIfPresent(question);
    if (known != null) {
      return known;
    }
    CompletableFuture<History> begun = running.get(question);
    if (begun != null) {
      return join(begun); // costs no read, so it needs no place
    }
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      CompletableFuture<History> own = new CompletableFuture<>();
      CompletableFuture<History> first = running.putIfAbsent(question, own);
      if (first == null) {
        complete(own, question);
      }
      return join(first == null ? own : first);
    } finally {
      places.release();
    }
  }

  private void complete(CompletableFuture<History> own, Question question) {
    try {
      History history = read(question);
      kept.put(question, history);
      own.complete(history);
    } catch (RuntimeException | Error e) { // those who wait for it must not wait for ever
      own.completeExceptionally(e);
    } finally {
      running.remove(question);
    }
  }

  private static History join(CompletableFuture<History> history) {
    try {
      return history.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private History read(Question question) {
    return turn(() -> reader.of(question));
  }

  /**
   * Reads the store for another history, within the same bounds.
   *
   * @throws ProblemException status 503 if too many histories are asked for
   */
  public <A> A inTurn(Supplier<A> read) {
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      return turn(read);
    } finally {
      places.release();
    }
  }

  private <A> A turn(Supplier<A> read) {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return read.get();
    } finally {
      turns.release();
    }
  }

  private static ProblemException busy() {
    return new ProblemException(
        ProblemBody.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many histories are being read: try again in %d s."
                .formatted(RETRY_AFTER.toSeconds())),
        RETRY_AFTER);
  }
}
