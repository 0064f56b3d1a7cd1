package io.trendflow.serving.api;

import static java.util.stream.Collectors.toCollection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.Lifecycle;
import io.trendflow.model.order.StockPosition;
import io.trendflow.schemas.MarketNames;
import io.trendflow.serving.calendar.CalendarPulls;
import io.trendflow.serving.snapshot.MaxAge;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.snapshot.MonitorRecord;
import io.trendflow.serving.snapshot.Mover;
import io.trendflow.serving.snapshot.MovingSeries;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.snapshot.PastScores;
import io.trendflow.serving.snapshot.RankedRows;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.snapshot.RunSnapshot;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.snapshot.ServingState;
import io.trendflow.serving.store.ByProduct;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.PackedRecords;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.SoldDays;
import io.trendflow.serving.store.TextColumn;
import io.trendflow.serving.store.WholeColumn;
import io.trendflow.serving.web.CallerAccess;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the served data that a caller may see. Every answer and page takes its data from
 * here, which is the only place where the markets of a key are applied.
 *
 * @param words texts in the language of the caller
 */
public record CallerView(ServingState served, CallerAccess access, ReasonTexts words) {
  /** Levels of findings, the worst first. */
  static final List<String> LEVELS = List.of("alert", "warn", "ok");

  public static final String ATTRIBUTE = "trendflow.view";

  /**
   * Page of a list.
   *
   * @param before number of rows on earlier pages
   * @param total number of rows on all pages
   * @param previous cursor of the previous page; null if that is the first page or there is none
   * @param next cursor of the next page; null on the last page
   */
  public record Listed(
      List<ScoreRecord> items,
      int before,
      int total,
      @Nullable PageCursor previous,
      @Nullable PageCursor next) {}

  /** Returns the view of a request, which does not change while the request is handled. */
  public static CallerView of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, CallerView.class).orElseThrow();
  }

  /**
   * Returns the snapshot of the served run, which has the rows of every market.
   *
   * @throws ProblemException status 503 if no run is served
   */
  private RunSnapshot snapshot() {
    RunSnapshot snapshot = served.snapshot();
    if (snapshot == null) {
      throw new ProblemException(ProblemBody.of(HttpStatus.SERVICE_UNAVAILABLE, whyNothing()));
    }
    return snapshot;
  }

  /**
   * Returns the served run.
   *
   * @throws ProblemException status 503 if no run is served
   */
  public Run run() {
    return snapshot().run();
  }

  /**
   * Returns the reason why no run is served, and what to do. A caller of single markets is not told
   * the store's problems, whose sentences may have rows and sums of other markets.
   */
  public String whyNothing() {
    return access.everything() || served.problems().isEmpty() || served.loading()
        ? served.whyNothing()
        : "No run can be served: the log of the service has the reason.";
  }

  /** Returns the reasons why the answers are degraded, one sentence each. */
  public List<String> degradedReasons() {
    if (access.everything()) {
      return served.degradedReasons();
    }
    RunSnapshot snapshot = served.snapshot();
    Stream<String> own = snapshot == null ? Stream.of() : snapshot.run().degradedReasons().stream();
    Stream<String> others =
        served.problems().isEmpty()
            ? Stream.of()
            : Stream.of("A part of the data is out of date or can't be read.");
    return Stream.concat(own, others).toList();
  }

  /**
   * Returns how fresh the sources of a run were: for a caller of single markets only the freshest
   * of each kind, without its name, because a source may belong to another market.
   */
  public List<Run.Source> sources(Run run) {
    if (access.everything()) {
      return run.sources();
    }
    Map<String, Run.Source> freshest = new LinkedHashMap<>();
    for (Run.Source source : run.sources()) {
      freshest.merge(
          source.kind(),
          new Run.Source(source.kind(), source.kind(), source.watermark(), source.ageDays()),
          BinaryOperator.maxBy(
              Comparator.comparing(
                  Run.Source::watermark, Comparator.nullsFirst(Comparator.naturalOrder()))));
    }
    return List.copyOf(freshest.values());
  }

  /** Returns the runs that are neither retracted nor in hindsight, the latest first. */
  List<RunSummary> runs() {
    var unused = snapshot(); // as every other answer, this one needs a served run
    return served.runs().stream()
        .map(run -> RunSummary.of(run, access.everything(), sources(run)))
        .toList();
  }

  /**
   * Returns the trend series that move, the fastest rising first: for a caller of single markets
   * those that belong to a scored product there, with the categories of these products.
   */
  public List<Mover> movers() {
    Stream<MovingSeries> all = snapshot().movers().stream();
    return access.everything()
        ? all.map(MovingSeries::mover).toList()
        : all.map(series -> series.in(markets())).flatMap(Stream::ofNullable).toList();
  }

  /** Returns the trend series that belong to a scored product of one of the caller's markets. */
  public List<Mover> movers(String market) {
    return snapshot().movers().stream()
        .map(series -> series.in(List.of(market)))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /**
   * Returns what became of earlier runs in the caller's markets, the latest run first: of the runs
   * of a day, the one published last.
   */
  public List<RunResult> results() {
    var unused = snapshot(); // as every other answer, this one needs a served run
    Set<String> judged = judgedRuns().keySet();
    return served.runs().stream()
        .filter(run -> judged.contains(run.runId()))
        .flatMap(run -> served.monitoring().of(run.runId()).stream())
        .filter(result -> access.to(result.market()))
        .map(RunResult::of)
        .toList();
  }

  /**
   * Returns the id of the monitoring whose outcomes count, by the id of each run that is the last
   * one published of its day.
   */
  SortedMap<String, String> judgedRuns() {
    Set<LocalDate> days = new HashSet<>();
    SortedMap<String, String> judged = new TreeMap<>(served.monitoring().outcomes());
    judged
        .keySet()
        .retainAll(
            served.runs().stream()
                .filter(run -> days.add(run.asOf()))
                .map(Run::runId)
                .collect(Collectors.toSet()));
    return judged;
  }

  /** Returns the id of the monitoring whose outcomes of a run count. */
  String monitorOf(String runId) {
    return Objects.requireNonNull(served.monitoring().outcomes().get(runId));
  }

  /** Returns the rows of the caller's markets. */
  <R> List<R> ofMarkets(List<R> rows, Function<R, String> market) {
    return rows.stream().filter(row -> access.to(market.apply(row))).toList();
  }

  /** Returns the models, which are the same for all markets, the most recently changed first. */
  public List<Model> models() {
    return snapshot().models();
  }

  /**
   * Returns the findings of the latest monitoring, the worst first.
   *
   * @throws ProblemException status 403 for a caller of single markets: the figures are of all
   */
  List<Finding> findings() {
    access.requireEverything();
    var unused = snapshot(); // as every other answer, this one needs a served run
    List<MonitorRecord> monitors = served.monitoring().monitors();
    return served.monitoring().findings().stream()
        .map(found -> Finding.of(found, monitors.get(monitors.size() - 1).asOf(), words))
        .sorted(Comparator.comparingInt(found -> LEVELS.indexOf(found.level())))
        .toList();
  }

  /**
   * Returns the freshness and the record counts of the sources.
   *
   * @throws ProblemException status 403 for a caller of single markets: the counts are of all
   */
  List<Quality> quality(MaxAge maxAge, LocalDate today) {
    access.requireEverything();
    return Quality.of(snapshot(), maxAge, today);
  }

  /** Returns the view of an earlier run's scores. */
  CallerView at(RunSnapshot earlier) {
    return new CallerView(served.at(earlier), access, words);
  }

  /** Returns the score of a product in a market; null if it has none. */
  @Nullable ScoreRecord score(String id, String market) {
    return snapshot().scores().of(id, market);
  }

  /** Returns the catalogue entry of a score; null if there is none. */
  @Nullable CatalogRecord entry(ScoreRecord score) {
    return entry(score.productId(), score.market());
  }

  /** Returns the catalogue entry of a product in a market; null if there is none. */
  public @Nullable CatalogRecord entry(String productId, String market) {
    return snapshot().catalogue().of(productId, market);
  }

  /** Returns the products that were ever sold in a market. */
  public List<SoldDays> soldIn(String market) {
    PackedRecords<SoldDays> sold = snapshot().sold().rows();
    IntPredicate own = sold.column("market", TextColumn.class).is(market);
    return IntStream.range(0, sold.size()).filter(own).mapToObj(sold::get).toList();
  }

  /**
   * Returns the ids of the products that were ever sold in a market and belong to a category and
   * brand: by the score, or by the catalogue for a product without one.
   */
  public Set<String> soldIn(String market, @Nullable String category, @Nullable String brand) {
    ByProduct<ScoreRecord> scores = snapshot().scores();
    TextColumn ids = scores.rows().column("productId", TextColumn.class);
    Set<String> products = new TreeSet<>();
    for (int row : rows(ScoreFilters.of(market, category, brand, null), ScoreSort.POTENTIAL)) {
      products.add(Objects.requireNonNull(ids.get(row)));
    }
    for (SoldDays sold : soldIn(market)) {
      CatalogRecord entry =
          scores.has(sold.productId(), market) ? null : entry(sold.productId(), market);
      if (entry != null
          && (category == null || category.equals(entry.category()))
          && (brand == null || brand.equals(entry.brand()))) {
        products.add(sold.productId());
      }
    }
    return products;
  }

  /** Returns the stock of a score's product. */
  StockPosition stock(ScoreRecord score) {
    return snapshot().stock().of(score.market(), score.productId());
  }

  /** Returns the times of the pulls of the calendars. */
  CalendarPulls calendar() {
    return snapshot().calendar();
  }

  List<RollUp> categorySums() {
    return of(snapshot().categories());
  }

  List<RollUp> brandSums() {
    return of(snapshot().brands());
  }

  public List<RollUp> marketSums() {
    return of(snapshot().marketSums());
  }

  /** Returns the sums by market and family of the main reason. */
  public List<RollUp> driverSums() {
    return of(snapshot().driverSums());
  }

  /** Returns the caller's markets that have scores, sorted. */
  public Collection<String> markets() {
    return snapshot().markets().stream().filter(access::to).toList();
  }

  public Collection<String> categories() {
    return names(categorySums());
  }

  public Collection<String> brands() {
    return names(brandSums());
  }

  private static Collection<String> names(List<RollUp> sums) {
    return sums.stream()
        .map(RollUp::name)
        .flatMap(Stream::ofNullable)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the sums of the caller's markets. */
  private List<RollUp> of(List<RollUp> sums) {
    return sums.stream().filter(sum -> access.to(sum.market())).toList();
  }

  /** Returns the rows that pass the filters, in a sort order. */
  List<ScoreRecord> select(ScoreFilters filters, ScoreSort sort) {
    return scores(rows(filters, sort));
  }

  private List<ScoreRecord> scores(int[] rows) {
    PackedRecords<ScoreRecord> scores = snapshot().scores().rows();
    return new AbstractList<>() {
      @Override
      public ScoreRecord get(int index) {
        return scores.get(rows[index]);
      }

      @Override
      public int size() {
        return rows.length;
      }
    };
  }

  /** Returns the rows of a market up to a rank, by rank. */
  public List<ScoreRecord> first(String market, int most) {
    WholeColumn ranks = snapshot().scores().rows().column("rank", WholeColumn.class);
    int[] rows =
        Arrays.stream(snapshot().ranking(ScoreSort.POTENTIAL).in(market))
            .filter(row -> ranks.get(row) <= most)
            .toArray();
    return scores(rows).stream().sorted(Comparator.comparingLong(ScoreRecord::rank)).toList();
  }

  /** Returns a page of the rows that pass the filters; the first page if the cursor is null. */
  public Listed list(ScoreFilters filters, ScoreSort sort, @Nullable PageCursor cursor, int limit) {
    int[] rows = rows(filters, sort);
    RankedRows ranking = snapshot().ranking(sort);
    int from = cursor == null ? 0 : ranking.behind(cursor.place(), rows);
    int to = from + Math.min(limit, rows.length - from);
    List<ScoreRecord> items = scores(rows).subList(from, to);
    return new Listed(
        items,
        from,
        rows.length,
        from > limit ? behind(sort, rows[from - limit - 1]) : null,
        to < rows.length && to > 0 ? behind(sort, rows[to - 1]) : null);
  }

  private PageCursor behind(ScoreSort sort, int row) {
    return new PageCursor(sort, snapshot().ranking(sort).place(row));
  }

  /**
   * Returns a product in each market in which it is known, or in one market; empty if it is
   * unknown.
   */
  List<Product> products(String id, @Nullable String market) {
    Collection<String> candidates = market == null ? known(id) : List.of(market);
    return candidates.stream().map(m -> product(id, m)).flatMap(Stream::ofNullable).toList();
  }

  /**
   * Rejects a product that the caller can't see.
   *
   * @throws ProblemException status 404
   */
  void requireProduct(String id, String market) {
    if (!access.to(market) || products(id, market).isEmpty()) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.NOT_FOUND,
              "Product '" + id + "' is not known in market '" + market + "' in the latest run."));
    }
  }

  private Collection<String> known(String id) {
    Stream<String> own =
        Stream.of(
                snapshot().scores().of(id).stream().map(ScoreRecord::market),
                snapshot().sold().of(id).stream().map(SoldDays::market),
                snapshot().catalogue().of(id).stream().map(CatalogRecord::market))
            .flatMap(markets -> markets)
            .filter(market -> !market.equals(MarketNames.EVERY_MARKET));
    boolean everywhere =
        snapshot().catalogue().of(id).stream()
            .anyMatch(entry -> entry.market().equals(MarketNames.EVERY_MARKET));
    Stream<String> all = everywhere ? snapshot().markets().stream() : Stream.of();
    return Stream.concat(own, all).filter(access::to).collect(toCollection(TreeSet::new));
  }

  private @Nullable Product product(String id, String market) {
    ScoreRecord score = snapshot().scores().of(id, market);
    CatalogRecord entry = snapshot().catalogue().of(id, market);
    SoldDays sold = snapshot().sold().of(id, market);
    if (score == null && entry == null && sold == null) {
      return null;
    }
    Run run = snapshot().run();
    String lifecycle = score == null ? unscored(run, entry, sold) : score.lifecycle();
    List<String> sentences = score == null ? List.of() : words.sentences(score);
    List<PastScores.Past> history = snapshot().past().of(id, market);
    return new Product(id, market, lifecycle, score, sentences, entry, history);
  }

  /** Returns the lifecycle of a product without a score: the jobs write it for scored ones only. */
  private static String unscored(Run run, @Nullable CatalogRecord entry, @Nullable SoldDays sold) {
    return Lifecycle.of(
            EpochTimes.day(run.asOf()),
            entry == null ? null : epochDay(entry.discontinuedOn()),
            sold == null ? null : epochDay(sold.firstSale()),
            entry == null ? null : epochDay(entry.launchDate()),
            sold == null ? 0 : sold.recentUnits())
        .label();
  }

  private static @Nullable Integer epochDay(@Nullable LocalDate date) {
    return date == null ? null : EpochTimes.day(date);
  }

  /** Returns the currencies of the caller's markets. */
  public Set<String> currencies() {
    return marketSums().stream()
        .map(RollUp::currency)
        .flatMap(Stream::ofNullable)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the latest earlier run that a model ranked; null if there is none. */
  public @Nullable Run rankedBefore() {
    return snapshot().past().ranked();
  }

  /** Returns the rank of a score's product in {@link #rankedBefore}; 0 if it had none there. */
  public int rankBefore(ScoreRecord score) {
    return snapshot().past().rankBefore(score.productId(), score.market());
  }

  private int[] rows(ScoreFilters filters, ScoreSort sort) {
    if (sort == ScoreSort.UPLIFT_REVENUE && filters.market() == null && currencies().size() > 1) {
      throw QueryParameters.refused(
          "sort",
          "Parameter 'sort' can't be 'uplift_revenue' for prices in %s: add the parameter 'market',"
                  .formatted(String.join(" and ", currencies()))
              + " or sort by potential.");
    }
    RankedRows ranking = snapshot().ranking(sort);
    IntPredicate accepted = filters.on(snapshot());
    int[] rows;
    if (filters.market() != null) {
      rows = ranking.in(filters.market());
    } else {
      rows = ranking.everywhere();
      accepted = ScoreFilters.and(seen(), accepted);
    }
    return accepted == null ? rows : Arrays.stream(rows).filter(accepted).toArray();
  }

  private @Nullable IntPredicate seen() {
    if (snapshot().markets().stream().allMatch(access::to)) {
      return null;
    }
    TextColumn markets = snapshot().scores().rows().column("market", TextColumn.class);
    return markets().stream().map(markets::is).reduce(IntPredicate::or).orElse(row -> false);
  }
}
