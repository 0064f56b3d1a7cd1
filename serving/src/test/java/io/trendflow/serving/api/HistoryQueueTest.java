package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.history.DayRange;
import io.trendflow.schemas.Table;
import io.trendflow.serving.calendar.CalendarPulls;
import io.trendflow.serving.calendar.CalendarReader;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.SoldDays;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.store.WeeklySales;
import io.trendflow.serving.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests how many histories are read at once, with a store that waits. */
@Timeout(60)
class HistoryQueueTest {
  private static final Run RUN = Samples.run("r1", 2);

  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile boolean broken;

  private final CalendarPulls pulls = new CalendarPulls();
  private final WaitingStore store = new WaitingStore();

  private final HistoryQueue queue =
      new HistoryQueue(
          new HistoryReader(store, new CalendarReader(store)), 2, 3, Duration.ofSeconds(30));

  private HistoryReader.Question question(String product) {
    return new HistoryReader.Question(
        RUN,
        Collections.emptySortedMap(),
        pulls,
        new CalendarReader.Subject(product, "uk", null),
        4);
  }

  /** Store without rows, each of whose reads waits. A history of it takes three reads. */
  private final class WaitingStore implements Warehouse {
    @Override
    public Commits commits() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R extends Record> void read(RowSelection selection, Class<R> type, Consumer<R> rows)
        throws UnreadableException {
      reads.incrementAndGet();
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new UnreadableException("interrupted", e);
      } finally {
        atOnce.decrementAndGet();
      }
      if (broken) {
        throw new UnreadableException("broken");
      }
    }

    @Override
    public void soldDays(
        List<String> ingestIds, Instant knownBy, DayRange recent, Consumer<SoldDays> rows) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void weeklySales(WeeklySales.Selection selection, Consumer<WeeklySales> rows) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void add(Table table, String id, Record row) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] artifact(String path) {
      throw new UnsupportedOperationException();
    }
  }

  private List<CompletableFuture<History>> ask(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            product -> {
              CompletableFuture<History> asked = new CompletableFuture<>();
              new Thread(
                      () -> {
                        try {
                          asked.complete(queue.of(question("p" + product)));
                        } catch (RuntimeException e) {
                          asked.completeExceptionally(e);
                        }
                      })
                  .start();
              return asked;
            })
        .toList();
  }

  @Test
  void someAreReadSomeWaitAndTheRestIsRefusedAtOnce() throws Exception {
    List<CompletableFuture<History>> asked = new ArrayList<>(ask(0, 40));
    int refused = 0;
    while (refused < 35) {
      refused = (int) asked.stream().filter(CompletableFuture::isCompletedExceptionally).count();
      Thread.sleep(10);
    }
    go.countDown();
    List<CompletableFuture<History>> read =
        asked.stream().filter(history -> !history.isCompletedExceptionally()).toList();
    assertThat(read).hasSize(5);
    for (CompletableFuture<History> history : read) {
      assertThat(history.get(30, TimeUnit.SECONDS).market()).isEqualTo("uk");
    }
    assertThat(mostAtOnce).hasValue(2);
  }

  @Test
  void equalRequestsShareOneRead() throws Exception {
    List<CompletableFuture<History>> equal = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      equal.addAll(ask(7, 1));
    }
    Thread.sleep(200);
    go.countDown();
    for (CompletableFuture<History> history : equal) {
      assertThat(history.get(30, TimeUnit.SECONDS).productId()).isEqualTo("p7");
    }
    queue.of(question("p7"));
    assertThat(reads).as("three for one history").hasValue(3);
  }

  @Test
  void aFailureIsNotKept() {
    go.countDown();
    broken = true;
    assertThatThrownBy(() -> queue.of(question("p1")))
        .isInstanceOf(ProblemException.class)
        .hasMessage("The history can't be read: broken.");
    broken = false;
    assertThat(queue.of(question("p1")).weeks()).isEmpty();
  }
}
