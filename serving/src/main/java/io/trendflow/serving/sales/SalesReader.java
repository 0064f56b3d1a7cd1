package io.trendflow.serving.sales;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.HistoryQueue;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.store.WeeklySales;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the weekly sales of categories and brands, and keeps those that were read last. */
@Singleton
public final class SalesReader {
  /** Number of weeks that are read. */
  public static final int WEEKS = 104;

  private static final int MOST_KEPT = 1_000;

  private final Warehouse warehouse;
  private final HistoryQueue queue;
  private final Cache<Question, List<SalesWeek>> kept =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  private record Question(
      String runId, String market, @Nullable String category, @Nullable String brand) {}

  SalesReader(Warehouse warehouse, HistoryQueue queue) {
    this.warehouse = warehouse;
    this.queue = queue;
  }

  /**
   * Returns the sales of a market's products of a category, of a brand, or of both, with and
   * without a score: the weeks from the first sale on, at most {@link #WEEKS}, oldest first. The
   * last one ends with the latest complete day of sales.
   *
   * @throws ProblemException status 503 if the store can't be read or is asked for too much at once
   */
  public List<SalesWeek> of(
      CallerView view, String market, @Nullable String category, @Nullable String brand) {
    Question question = new Question(view.run().runId(), market, category, brand);
    List<SalesWeek> known = kept.getIfPresent(question);
    if (known != null) {
      return known;
    }
    List<SalesWeek> read =
        queue.inTurn(() -> read(view.run(), market, view.soldIn(market, category, brand)));
    kept.put(question, read);
    return read;
  }

  private List<SalesWeek> read(Run run, String market, Collection<String> products) {
    LocalDate lastDay = run.lastSalesDay();
    List<WeeklySales> latestFirst = new ArrayList<>();
    try {
      warehouse.weeklySales(
          new WeeklySales.Selection(
              run.ingestIds(), Run.endOf(run.asOf()), market, products, lastDay, WEEKS),
          latestFirst::add);
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("sales", e);
    }
    if (latestFirst.isEmpty()) {
      return List.of();
    }
    int oldest = Math.toIntExact(latestFirst.get(latestFirst.size() - 1).weeksAgo());
    double[] units = new double[oldest + 1];
    @Nullable Double[] revenue = new Double[oldest + 1];
    for (WeeklySales week : latestFirst) {
      int ago = Math.toIntExact(week.weeksAgo());
      BigDecimal amount = week.revenue();
      units[ago] = week.units();
      revenue[ago] = amount == null ? null : (Double) amount.doubleValue();
    }
    return IntStream.rangeClosed(0, oldest)
        .mapToObj(
            i -> {
              int ago = oldest - i;
              LocalDate firstDay = lastDay.minusDays(7L * ago + 6);
              return new SalesWeek(market, firstDay, units[ago], revenue[ago]);
            })
        .toList();
  }
}
