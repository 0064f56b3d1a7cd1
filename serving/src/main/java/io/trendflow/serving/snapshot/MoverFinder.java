package io.trendflow.serving.snapshot;

import io.trendflow.history.EpochTimes;
import io.trendflow.history.TrendSeries;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.ProductKeyword;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.SignalRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the movers among the observations of many series, holding one series in memory at a time.
 */
final class MoverFinder {
  /** A mover has a value in every week, so that no cadence is needed to find a hole. */
  private static final int WITHOUT_HOLES = Integer.MAX_VALUE;

  private record Keyword(String source, String keyword, String geo) {}

  private final LocalDate cutoff;
  private final ByProduct<ScoreRecord> scores;
  private final Map<Keyword, Map<String, Set<String>>> categories = new HashMap<>();
  private final KeywordRows rows = new KeywordRows();
  private final List<MovingSeries> movers = new ArrayList<>();
  private List<SignalRecord> series = new ArrayList<>();

  MoverFinder(LocalDate cutoff, ByProduct<ScoreRecord> scores) {
    this.cutoff = cutoff;
    this.scores = scores;
  }

  /** Adds a keyword of a product. All keywords must be added before the first observation. */
  void add(ProductKeyword row) {
    ScoreRecord score = scores.of(row.productId(), row.market());
    if (score != null) {
      rows.add(row.keyword(), scores.firstFrom(row.productId(), row.market()));
      Set<String> own =
          categories
              .computeIfAbsent(
                  new Keyword(row.source(), row.keyword(), row.geo()), keyword -> new HashMap<>())
              .computeIfAbsent(row.market(), market -> new TreeSet<>());
      if (score.category() != null) {
        own.add(score.category());
      }
    }
  }

  /** Adds an observation. The observations of a series must come one after the other. */
  void add(SignalRecord signal) {
    if (!series.isEmpty() && !series.get(0).series().equals(signal.series())) {
      endSeries();
    }
    series.add(signal);
  }

  private void endSeries() {
    SignalRecord any = series.get(0);
    Map<String, Set<String>> byMarket =
        categories.getOrDefault(new Keyword(any.source(), any.keyword(), any.geo()), Map.of());
    List<String> all = byMarket.values().stream().flatMap(Set::stream).distinct().sorted().toList();
    new TrendSeries(series.stream().map(SignalRecord::observation).toList(), WITHOUT_HOLES)
        .at(EpochTimes.day(cutoff))
        .map(known -> Mover.of(any.series(), known, all))
        .ifPresent(mover -> movers.add(new MovingSeries(mover, byMarket)));
    series = new ArrayList<>();
  }

  /** Returns the rows of each keyword. */
  KeywordRows rows() {
    return rows;
  }

  /** Returns the movers, the fastest rising first and those without a change last. */
  List<MovingSeries> end() {
    if (!series.isEmpty()) {
      endSeries();
    }
    rows.end();
    return movers.stream().sorted(Comparator.comparing(MovingSeries::mover, Mover.RISING)).toList();
  }
}
