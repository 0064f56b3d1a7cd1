package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.schemas.FirstProducts;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Route of what changed since an earlier run. */
@Controller("/api/v1/changes")
@UsualProblems
@Tag(name = "products")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ChangesController {
  private static final int MOST_FIRST = 500;

  private final EarlierRuns runs;

  ChangesController(EarlierRuns runs) {
    this.runs = runs;
  }

  /**
   * Returns the products that are new among the first of their market since an earlier run, went up
   * or down, or left, by market: the first products of the latest run by rank, then those that
   * left, by their earlier rank.
   */
  @Operation(operationId = "listChanges")
  @Get
  @ApiResponse(
      responseCode = "404",
      description = "There is no earlier run.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  Answer<RankChange> changes(
      HttpRequest<?> request,
      @Parameter(
              description =
                  "Day of the earlier run, for example 2026-06-30: the latest run of this day or of"
                      + " a day before it. If it is missing, it is the run before the latest.",
              schema = @Schema(type = "string", format = "date"))
          @Nullable
          @QueryValue
          String since,
      @InMarket @Nullable @QueryValue String market,
      @Parameter(
              description = "Number of products of each market that are compared.",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
          @Nullable
          @QueryValue
          String first) {
    CallerView view = CallerView.of(request);
    String one = QueryParameters.oneOf("market", market, view.markets());
    int most = QueryParameters.whole("first", first, FirstProducts.MOST, 1, MOST_FIRST);
    Run earlier = earlier(view, since);
    Collection<String> markets = one == null ? view.markets() : List.of(one);
    List<RankRow> ranks = runs.ranks(earlier);
    return Answer.of(
        view,
        markets.stream().flatMap(in -> changes(view, in, most, earlier, ranks).stream()).toList());
  }

  private static Run earlier(CallerView view, @Nullable String since) {
    String text = QueryParameters.text(since);
    LocalDate served = view.run().asOf();
    if (text == null) {
      return RunQuery.run(view, run -> run.asOf().isBefore(served), "before " + served);
    }
    LocalDate day = RunQuery.date("since", text);
    return RunQuery.run(
        view,
        run -> run.asOf().isBefore(served) && !run.asOf().isAfter(day),
        "of " + day + " or before it, other than the latest");
  }

  private static List<RankChange> changes(
      CallerView view, String market, int most, Run earlier, List<RankRow> ranks) {
    Map<String, RankRow> before = new HashMap<>();
    for (RankRow row : ranks) {
      if (row.market().equals(market)) {
        before.put(row.productId(), row);
      }
    }
    List<RankChange> changes = new ArrayList<>();
    for (ScoreRecord score : view.first(market, most)) {
      RankRow was = before.remove(score.productId());
      RankChange change =
          RankChange.of(score, was == null ? null : (Long) was.rank(), most, earlier);
      if (change != null) {
        changes.add(change);
      }
    }
    before.values().stream()
        .filter(was -> was.rank() <= most)
        .sorted(Comparator.comparingLong(RankRow::rank))
        .map(was -> RankChange.left(was, view.score(was.productId(), market), earlier))
        .forEach(changes::add);
    return changes;
  }
}
