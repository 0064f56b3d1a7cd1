package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.snapshot.MaxAge;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.snapshot.Mover;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.store.Run;
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

/** What is known of all products together, of the models and of the data. */
@Controller("/api/v1")
@UsualProblems
@Tag(name = "overview")
@ExecuteOn(TaskExecutors.BLOCKING)
public final class OverviewController {
  private static final int USUAL = 50;
  private static final int MOST = 500;
  private static final List<String> ORDERS = List.of("rising", "falling");

  private final MaxAge maxAge;

  OverviewController(MaxAge maxAge) {
    this.maxAge = maxAge;
  }

  /**
   * Trend series that move: the mean of the last 4 complete weeks over the mean of the 12 before,
   * less 1. A series counts that has values in each of these weeks and reaches to the last 28 days.
   */
  @Get("/trends")
  public Answer<Mover> trends(
      HttpRequest<?> request,
      @Parameter(description = "Only this trend source.") @Nullable @QueryValue String source,
      @Parameter(
              description = "Only keywords that contain this text, case aside.",
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
      @Parameter(description = "Only this place.") @Nullable @QueryValue String geo,
      @Parameter(
              description = "Which come first; those without a change come last.",
              schema =
                  @Schema(
                      type = "string",
                      defaultValue = "rising",
                      allowableValues = {"rising", "falling"}))
          @Nullable
          @QueryValue
          String order,
      @Parameter(
              description = "Most items.",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
          @Nullable
          @QueryValue
          String limit) {
    CallerView view = CallerView.of(request);
    List<Mover> all = view.snapshot().movers();
    String from = QueryParameters.oneOf("source", source, distinct(all, Mover::source));
    String in = QueryParameters.oneOf("geo", geo, distinct(all, Mover::geo));
    String of =
        category == null ? null : QueryParameters.oneOf("category", category, view.categories());
    String word = QueryParameters.text(keyword);
    boolean falling = "falling".equals(QueryParameters.oneOf("order", order, ORDERS));
    List<Mover> chosen =
        all.stream()
            .filter(mover -> from == null || from.equals(mover.source()))
            .filter(mover -> in == null || in.equals(mover.geo()))
            .filter(mover -> of == null || mover.categories().contains(of))
            .filter(
                mover -> word == null || mover.keyword().contains(word.toLowerCase(Locale.ROOT)))
            .sorted(falling ? Mover.FALLING : Mover.RISING)
            .toList();
    return Answer.first(view, chosen, limit(limit));
  }

  private static Set<String> distinct(List<Mover> movers, Function<Mover, String> value) {
    return movers.stream().map(value).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Sums over the scored products of each category; those of a market add up to the market's. */
  @Get("/categories")
  public Answer<RollUp> categories(
      HttpRequest<?> request, @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, in(view, view.snapshot().categories(), market));
  }

  /** Sums over the scored products of each brand; those of a market add up to the market's. */
  @Get("/brands")
  Answer<RollUp> brands(HttpRequest<?> request, @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, in(view, view.snapshot().brands(), market));
  }

  /** Sums over the scored products of each market. */
  @Get("/markets")
  Answer<RollUp> markets(HttpRequest<?> request) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, in(view, view.snapshot().marketSums(), null));
  }

  private static List<RollUp> in(CallerView view, List<RollUp> sums, @Nullable String market) {
    String one = QueryParameters.oneOf("market", market, view.markets());
    return view.of(sums).stream().filter(sum -> one == null || one.equals(sum.market())).toList();
  }

  /**
   * The scoring runs that count, the latest first: neither retracted ones nor ones in hindsight.
   */
  @Get("/runs")
  public Answer<Run> runs(
      HttpRequest<?> request,
      @Parameter(
              description = "Most items.",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
          @Nullable
          @QueryValue
          String limit) {
    CallerView view = CallerView.of(request);
    view.snapshot();
    return Answer.first(view, view.served().runs(), limit(limit));
  }

  /** The models with their backtests beside the baselines', the latest changed first. */
  @Get("/models")
  public Answer<Model> models(HttpRequest<?> request) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, view.snapshot().models());
  }

  /** Each source's freshness today, and what became of its records in the ingests of the run. */
  @Get("/quality")
  public Answer<Quality> quality(HttpRequest<?> request) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, Quality.of(view.snapshot(), maxAge, LocalDate.now(ZoneOffset.UTC)));
  }

  private static int limit(@Nullable String limit) {
    return QueryParameters.whole("limit", limit, USUAL, 1, MOST);
  }
}
