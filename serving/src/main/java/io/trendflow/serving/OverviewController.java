package io.trendflow.serving;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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
final class OverviewController {
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
  Answer<Mover> trends(
      HttpRequest<?> request,
      @Parameter(description = "Only this trend source.") @Nullable @QueryValue String source,
      @Parameter(
              description = "Only keywords that contain this text, case aside.",
              schema =
                  @Schema(
                      type = "string",
                      minLength = 1,
                      maxLength = Parameters.LONGEST,
                      pattern = Parameters.TEXT))
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
    View view = View.of(request);
    List<Mover> all = view.snapshot().movers();
    String from = Parameters.oneOf("source", source, distinct(all, Mover::source));
    String in = Parameters.oneOf("geo", geo, distinct(all, Mover::geo));
    String of = category == null ? null : Parameters.oneOf("category", category, view.categories());
    String word = Parameters.text(keyword);
    boolean falling = "falling".equals(Parameters.oneOf("order", order, ORDERS));
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
  Answer<RollUp> categories(HttpRequest<?> request, @InMarket @Nullable @QueryValue String market) {
    View view = View.of(request);
    return Answer.of(view, in(view, view.snapshot().categories(), market));
  }

  /** Sums over the scored products of each brand; those of a market add up to the market's. */
  @Get("/brands")
  Answer<RollUp> brands(HttpRequest<?> request, @InMarket @Nullable @QueryValue String market) {
    View view = View.of(request);
    return Answer.of(view, in(view, view.snapshot().brands(), market));
  }

  /** Sums over the scored products of each market. */
  @Get("/markets")
  Answer<RollUp> markets(HttpRequest<?> request) {
    View view = View.of(request);
    return Answer.of(view, in(view, view.snapshot().marketSums(), null));
  }

  private static List<RollUp> in(View view, List<RollUp> sums, @Nullable String market) {
    String one = Parameters.oneOf("market", market, view.markets());
    return view.of(sums).stream().filter(sum -> one == null || one.equals(sum.market())).toList();
  }

  /**
   * The scoring runs that count, the latest first: neither retracted ones nor ones in hindsight.
   */
  @Get("/runs")
  Answer<Run> runs(
      HttpRequest<?> request,
      @Parameter(
              description = "Most items.",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
          @Nullable
          @QueryValue
          String limit) {
    View view = View.of(request);
    view.snapshot();
    return Answer.first(view, view.served().runs(), limit(limit));
  }

  /** The models with their backtests beside the baselines', the latest changed first. */
  @Get("/models")
  Answer<Model> models(HttpRequest<?> request) {
    View view = View.of(request);
    return Answer.of(view, view.snapshot().models());
  }

  /** Each source's freshness today, and what became of its records in the ingests of the run. */
  @Get("/quality")
  Answer<Quality> quality(HttpRequest<?> request) {
    View view = View.of(request);
    return Answer.of(view, Quality.of(view.snapshot(), maxAge, LocalDate.now(ZoneOffset.UTC)));
  }

  private static int limit(@Nullable String limit) {
    return Parameters.whole("limit", limit, USUAL, 1, MOST);
  }
}
