package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
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
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes about people's decisions: the only ones that write. */
@Controller("/api/v1")
@UsualProblems
@Tag(name = "decisions")
@ExecuteOn(TaskExecutors.BLOCKING)
public final class DecisionsController {
  /** Path of the list of decisions. */
  static final String PATH = "/api/v1/decisions";

  private final DecisionLog decisions;

  DecisionsController(DecisionLog decisions) {
    this.decisions = decisions;
  }

  /** Returns the decisions, the latest first, including those that were undone. */
  @Operation(operationId = "listDecisions")
  @Get("/decisions")
  public Answer<Decision> decisions(
      HttpRequest<?> request,
      @InMarket @Nullable @QueryValue String market,
      @ItemLimit @Nullable @QueryValue String limit) {
    CallerView view = CallerView.of(request);
    int most = QueryParameters.limit(limit);
    String one = QueryParameters.oneOf("market", market, view.markets());
    List<Decision> latest = new ArrayList<>(view.ofMarkets(decisions.all(), Decision::market));
    latest.removeIf(decision -> one != null && !one.equals(decision.market()));
    Collections.reverse(latest);
    return Answer.first(view, latest, most);
  }

  /**
   * Adds a decision about a product. The key needs `write: true`. A request that is repeated with
   * the same Idempotency-Key adds nothing and returns the first decision. Nothing is ever changed
   * or deleted: to undo a decision, add one that names it in `undoes`.
   */
  @Operation(operationId = "addDecision")
  @Post("/decisions")
  @ApiResponse(
      responseCode = "201",
      description = "The decision is stored.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Decision.class)))
  @ApiResponse(
      responseCode = "404",
      description = "The product or the decision to undo does not exist.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @ApiResponse(
      responseCode = "409",
      description = "The Idempotency-Key was used for another decision.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  HttpResponse<Decision> add(
      HttpRequest<?> request,
      @Body DecisionRequest body,
      @Parameter(
              description = "Value that no other decision has, such as a UUID.",
              required = true,
              schema = @Schema(type = "string", minLength = 1, maxLength = 200))
          @Nullable
          @Header("Idempotency-Key")
          String key) {
    return HttpResponse.created(add(CallerView.of(request), body, key));
  }

  /** Adds a decision of a form or of the API. */
  public Decision add(CallerView view, DecisionRequest body, @Nullable String key) {
    view.access().requireWrite();
    Decision decision = body.checked(view, view.access().caller(), key, Instant.now());
    view.requireProduct(decision.productId(), decision.market());
    return decisions.add(decision);
  }

  /** Returns the decisions about a product in a market that stand, the latest first. */
  public List<Decision> standing(String productId, String market) {
    List<Decision> own =
        new ArrayList<>(
            decisions.standing().stream()
                .filter(d -> d.productId().equals(productId) && d.market().equals(market))
                .toList());
    Collections.reverse(own);
    return own;
  }
}
