package io.trendflow.serving.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.decision.Decision;
import io.trendflow.serving.decision.DecisionLog;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Routes about what became of earlier forecasts. */
@Controller("/api/v1")
@UsualProblems
@Tag(name = "outcomes")
@ExecuteOn(TaskExecutors.BLOCKING)
public final class OutcomesController {
  private final OutcomeReader outcomes;
  private final DecisionLog decisions;

  OutcomesController(OutcomeReader outcomes, DecisionLog decisions) {
    this.outcomes = outcomes;
    this.decisions = decisions;
  }

  /**
   * Returns the results of earlier runs whose forecast period is over, by market, the latest run
   * first. Of several runs of one day only the one published last is included. The list is empty
   * until the job monitor has compared a run with what was sold.
   */
  @Operation(operationId = "listOutcomes")
  @Get("/outcomes")
  public Answer<RunResult> outcomes(
      HttpRequest<?> request,
      @InMarket @Nullable @QueryValue String market,
      @ItemLimit @Nullable @QueryValue String limit) {
    CallerView view = CallerView.of(request);
    int most = QueryParameters.limit(limit);
    String one = QueryParameters.oneOf("market", market, view.markets());
    List<RunResult> results =
        view.results().stream()
            .filter(result -> one == null || one.equals(result.market()))
            .toList();
    return Answer.first(view, results, most);
  }

  /**
   * Returns the outcomes of a market's forecasts that were made before the first sale.
   *
   * @throws ProblemException status 503 if the store can't be read
   */
  public List<OutcomeRecord> ofLaunches(CallerView view, String market) {
    return outcomes.ofLaunches(view.judgedRuns()).stream()
        .filter(outcome -> outcome.market().equals(market))
        .toList();
  }

  /** Returns how much people's own forecasts added, in the markets that the caller may see. */
  public ValueAdded valueAdded(CallerView view) {
    List<Decision> own =
        view.ofMarkets(decisions.standing(), Decision::market).stream()
            .filter(decision -> decision.overrideUnits() != null)
            .toList();
    SortedSet<String> products = new TreeSet<>(own.stream().map(Decision::productId).toList());
    return ValueAdded.of(own, outcomes.of(view.judgedRuns(), products));
  }

  /**
   * Returns the findings of the latest monitoring: figures about the sources, the model's inputs,
   * the forecasts, their accuracy and the model, each beside its reference; the worst first. The
   * figures are of all markets: a key with markets gets 403.
   */
  @Operation(operationId = "listFindings")
  @Get("/findings")
  public Answer<Finding> findings(
      HttpRequest<?> request,
      @Parameter(
              description = "Only findings of this level.",
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"alert", "warn", "ok"}))
          @Nullable
          @QueryValue
          String level,
      @LocalizedHeader @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String languages) {
    CallerView view = CallerView.of(request);
    List<Finding> findings = view.findings();
    String one = QueryParameters.oneOf("level", level, CallerView.LEVELS);
    return Answer.of(
        view, findings.stream().filter(found -> one == null || one.equals(found.level())).toList());
  }

  /**
   * Returns the first 50 products of each market in an earlier run, beside what was sold over the
   * forecast period.
   *
   * @param id the run's id
   */
  @Operation(operationId = "listRunOutcomes")
  @Get("/outcomes/{id}")
  @ApiResponse(
      responseCode = "404",
      description = "The run does not exist, or its forecast period is not over.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Answer<OutcomeRecord> first(
      HttpRequest<?> request, String id, @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    QueryParameters.requireText("id", id);
    String one = QueryParameters.oneOf("market", market, view.markets());
    if (view.results().stream().noneMatch(result -> result.runId().equals(id))) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.NOT_FOUND,
              "Run '" + id + "' has no outcomes: /api/v1/outcomes lists the runs that have."));
    }
    return Answer.of(
        view,
        view.ofMarkets(outcomes.first(view.monitorOf(id), id), OutcomeRecord::market).stream()
            .filter(outcome -> one == null || one.equals(outcome.market()))
            .toList());
  }
}
