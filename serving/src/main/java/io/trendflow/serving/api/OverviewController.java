package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.snapshot.MaxAge;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.snapshot.Mover;
import io.trendflow.serving.snapshot.MoverCursor;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Routes about all products together, the models and the data. */
@Controller("/api/v1")
@UsualProblems
@Tag(name = "overview")
@ExecuteOn(TaskExecutors.BLOCKING)
public final class OverviewController {
  private static final List<String> ORDERS = List.of("rising", "falling");

  private final MaxAge maxAge;

  OverviewController(MaxAge maxAge) {
    this.maxAge = maxAge;
  }

  /**
   * Returns trend series by how much they move: the mean of the latest 4 complete weeks divided by
   * the mean of the 12 weeks before them, minus 1. Only series that have values in each of these
   * weeks and reach into the last 28 days are included. A key with markets gets the series that
   * belong to a scored product of them.
   */
  @Operation(operationId = "listTrends")
  @Get("/trends")
  Answer<Mover> trends(
      HttpRequest<?> request,
      @Parameter(description = "Only this trend source.") @Nullable @QueryValue String source,
      @Parameter(
              description = "Only keywords that contain this text, ignoring case.",
              schema =
                  @Schema(
                      type = "string",
                      minLength = 1,
                      maxLength = QueryParameters.LONGEST,
                      pattern = QueryParameters.TEXT))
          @Nullable
          @QueryValue
          String keyword,
      @Parameter(description = "Only series that belong to scored products of this category.")
          @Nullable
          @QueryValue
          String category,
      @Parameter(description = "Only this place, such as GB.") @Nullable @QueryValue String geo,
      @Parameter(
              description = "Which series come first; series without a change come last.",
              schema =
                  @Schema(
                      type = "string",
                      defaultValue = "rising",
                      allowableValues = {"rising", "falling"}))
          @Nullable
          @QueryValue
          String order,
      @ItemLimit @Nullable @QueryValue String limit,
      @Parameter(
              description =
                  "`next_cursor` of the previous answer, with the same order. It is also valid in a"
                      + " later run, where the page begins after the same place in the new order.")
          @Nullable
          @QueryValue
          String cursor) {
    boolean falling = "falling".equals(QueryParameters.oneOf("order", order, ORDERS));
    MoverCursor after = after(cursor, falling);
    int most = QueryParameters.limit(limit);
    List<Mover> chosen =
        movers(request, source, keyword, category, geo).stream()
            .sorted(MoverCursor.order(falling))
            .toList();
    List<Mover> rest = chosen.stream().filter(m -> after == null || after.isBefore(m)).toList();
    List<Mover> page = rest.subList(0, Math.min(most, rest.size()));
    String next =
        page.size() < rest.size()
            ? new MoverCursor(falling, page.get(page.size() - 1)).text()
            : null;
    return Answer.of(CallerView.of(request), chosen.size(), next, page);
  }

  /** Returns the trend series that pass the filters, the fastest rising first. */
  public List<Mover> movers(
      HttpRequest<?> request,
      @Nullable String source,
      @Nullable String keyword,
      @Nullable String category,
      @Nullable String geo) {
    CallerView view = CallerView.of(request);
    List<Mover> all = view.movers();
    String from = QueryParameters.oneOf("source", source, distinct(all, Mover::source));
    String in = QueryParameters.oneOf("geo", geo, distinct(all, Mover::geo));
    String of =
        category == null ? null : QueryParameters.oneOf("category", category, view.categories());
    String word = QueryParameters.text(keyword);
    return all.stream()
        .filter(mover -> from == null || from.equals(mover.source()))
        .filter(mover -> in == null || in.equals(mover.geo()))
        .filter(mover -> of == null || mover.categories().contains(of))
        .filter(mover -> word == null || mover.keyword().contains(word.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static @Nullable MoverCursor after(@Nullable String cursor, boolean falling) {
    String text = QueryParameters.text(cursor);
    if (text == null) {
      return null;
    }
    MoverCursor after =
        MoverCursor.of(text)
            .orElseThrow(
                () ->
                    QueryParameters.refused(
                        "cursor",
                        "Parameter 'cursor' is not a cursor of this list: use next_cursor of an"
                            + " answer of /api/v1/trends, or leave it out for the first page."));
    if (after.falling() != falling) {
      throw QueryParameters.refused(
          "cursor",
          "Parameter 'cursor' is from a list in the other order: use the same order, or leave out"
              + " the cursor.");
    }
    return after;
  }

  private static Set<String> distinct(List<Mover> movers, Function<Mover, String> value) {
    return movers.stream().map(value).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns sums over the scored products of each category. The categories of a market add up to
   * the market.
   */
  @Operation(operationId = "listCategories")
  @Get("/categories")
  public Answer<RollUp> categories(
      HttpRequest<?> request, @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, in(view, view.categorySums(), market));
  }

  /**
   * Returns sums over the scored products of each brand. The brands of a market add up to the
   * market.
   */
  @Operation(operationId = "listBrands")
  @Get("/brands")
  public Answer<RollUp> brands(
      HttpRequest<?> request, @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, in(view, view.brandSums(), market));
  }

  /** Returns sums over the scored products of each market. */
  @Operation(operationId = "listMarkets")
  @Get("/markets")
  Answer<RollUp> markets(HttpRequest<?> request) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, in(view, view.marketSums(), null));
  }

  private static List<RollUp> in(CallerView view, List<RollUp> sums, @Nullable String market) {
    String one = QueryParameters.oneOf("market", market, view.markets());
    return sums.stream().filter(sum -> one == null || one.equals(sum.market())).toList();
  }

  /**
   * Returns the scoring runs, the latest first, except retracted runs and runs in hindsight. A key
   * with markets gets them without the numbers of rows, which are of all markets.
   */
  @Operation(operationId = "listRuns")
  @Get("/runs")
  public Answer<RunSummary> runs(
      HttpRequest<?> request, @ItemLimit @Nullable @QueryValue String limit) {
    CallerView view = CallerView.of(request);
    return Answer.first(view, view.runs(), QueryParameters.limit(limit));
  }

  /**
   * Returns the models and their backtests compared with the baselines, the most recently changed
   * first.
   */
  @Operation(operationId = "listModels")
  @Get("/models")
  public Answer<Model> models(HttpRequest<?> request) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, view.models());
  }

  /**
   * Returns how fresh each source is today, and how many of its records the ingests of the run
   * accepted, excluded and rejected. The counts are of all markets: a key with markets gets 403.
   */
  @Operation(operationId = "listSourceQuality")
  @Get("/quality")
  public Answer<Quality> quality(HttpRequest<?> request) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, view.quality(maxAge, LocalDate.now(ZoneOffset.UTC)));
  }
}
