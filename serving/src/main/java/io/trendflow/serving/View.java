package io.trendflow.serving;

import static java.util.stream.Collectors.toCollection;

import io.micronaut.http.HttpRequest;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see of what is served.
 *
 * @param words the language of what is said in words
 */
record View(Served served, Access access, Reasons words) {
  static final String ATTRIBUTE = "trendflow.view";

  /**
   * A page of a list.
   *
   * @param before rows of the pages before
   * @param total rows of all pages
   * @param previous where the page before begins; null where that is the first, or there is none
   * @param next where the next page begins; null on the last
   */
  record Listed(
      List<Score> items, int before, int total, @Nullable Cursor previous, @Nullable Cursor next) {}

  /** What the caller of a request sees: the same from its beginning to its end. */
  static View of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, View.class).orElseThrow();
  }

  /**
   * What is served.
   *
   * @throws ProblemException 503 while there is nothing
   */
  Snapshot snapshot() {
    return served.required();
  }

  /** The markets with scores, sorted. */
  Collection<String> markets() {
    return snapshot().markets().stream().filter(access::to).toList();
  }

  Collection<String> categories() {
    return names(snapshot().categories());
  }

  Collection<String> brands() {
    return names(snapshot().brands());
  }

  private Collection<String> names(List<RollUp> sums) {
    return of(sums).stream()
        .map(RollUp::name)
        .flatMap(Stream::ofNullable)
        .collect(toCollection(TreeSet::new));
  }

  /** Those of the caller's markets. */
  List<RollUp> of(List<RollUp> sums) {
    return sums.stream().filter(sum -> access.to(sum.market())).toList();
  }

  /** The rows of the filters, in the order of the sort. */
  List<Score> select(Filters filters, Sort sort) {
    return scores(rows(filters, sort));
  }

  /** Made when they are asked for. */
  private List<Score> scores(int[] rows) {
    Columns<Score> scores = snapshot().scores().rows();
    return new AbstractList<>() {
      @Override
      public Score get(int index) {
        return scores.get(rows[index]);
      }

      @Override
      public int size() {
        return rows.length;
      }
    };
  }

  /** A page of the rows of the filters; the first one without a cursor. */
  Listed list(Filters filters, Sort sort, @Nullable Cursor cursor, int limit) {
    int[] rows = rows(filters, sort);
    Ranking ranking = snapshot().ranking(sort);
    int from = cursor == null ? 0 : ranking.behind(cursor.place(), rows);
    int to = from + Math.min(limit, rows.length - from);
    List<Score> items = scores(rows).subList(from, to);
    return new Listed(
        items,
        from,
        rows.length,
        from > limit ? behind(sort, rows[from - limit - 1]) : null,
        to < rows.length && to > 0 ? behind(sort, rows[to - 1]) : null);
  }

  private Cursor behind(Sort sort, int row) {
    return new Cursor(sort, snapshot().ranking(sort).place(row));
  }

  /** A product in each market that knows it, or in one; empty where none does. */
  List<Product> products(String id, @Nullable String market) {
    Collection<String> candidates = market == null ? known(id) : List.of(market);
    return candidates.stream().map(m -> product(id, m)).flatMap(Stream::ofNullable).toList();
  }

  /** The markets of the caller, with scores or without, in which a product may be. */
  private Collection<String> known(String id) {
    Stream<String> own =
        Stream.of(
                snapshot().scores().of(id).stream().map(Score::market),
                snapshot().sold().of(id).stream().map(SoldDays::market),
                snapshot().catalogue().of(id).stream().map(CatalogEntry::market))
            .flatMap(markets -> markets)
            .filter(market -> !market.equals(CatalogEntry.EVERY_MARKET));
    boolean everywhere =
        snapshot().catalogue().of(id).stream()
            .anyMatch(entry -> entry.market().equals(CatalogEntry.EVERY_MARKET));
    Stream<String> all = everywhere ? snapshot().markets().stream() : Stream.of();
    return Stream.concat(own, all).filter(access::to).collect(toCollection(TreeSet::new));
  }

  private @Nullable Product product(String id, String market) {
    Score score = snapshot().scores().of(id, market);
    CatalogEntry entry = snapshot().catalogue().of(id, market);
    SoldDays sold = snapshot().sold().of(id, market);
    if (score == null && entry == null && sold == null) {
      return null;
    }
    Run run = snapshot().run();
    String lifecycle =
        score == null
            ? Lifecycle.of(run.asOf(), run.lastSalesDay(), entry, sold)
            : score.lifecycle();
    List<String> sentences = score == null ? List.of() : words.sentences(score);
    List<PastScores.Past> history = snapshot().past().of(id, market);
    return new Product(id, market, lifecycle, score, sentences, entry, history);
  }

  private int[] rows(Filters filters, Sort sort) {
    Ranking ranking = snapshot().ranking(sort);
    IntPredicate accepted = filters.on(snapshot());
    int[] rows;
    if (filters.market() != null) {
      rows = ranking.in(filters.market());
    } else {
      rows = ranking.everywhere();
      accepted = Filters.and(seen(), accepted);
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
