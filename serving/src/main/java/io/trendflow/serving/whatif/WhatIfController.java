package io.trendflow.serving.whatif;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.history.HorizonPlan;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.serving.api.Answer;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.Product;
import io.trendflow.serving.api.ProductsController;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.ModelEventRecord;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Route about what-ifs on price and promotion. */
@Controller("/api/v1")
@UsualProblems
@Tag(name = "products")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WhatIfController {
  private final ScoreInputReader inputs;

  WhatIfController(ScoreInputReader inputs) {
    this.inputs = inputs;
  }

  /**
   * Returns the forecast of a product under another plan of prices and promotions, beside the
   * published one. A request without a plan returns the published forecast twice. Only models whose
   * training data have enough planned prices, and whose forecasts of past days are better with
   * them, answer; every other one is refused with the reason. The difference is what the model has
   * learned, and not proof that a price or a promotion is the cause.
   *
   * @param id the product's id, percent-encoded
   */
  @Operation(operationId = "askWhatIf")
  @Post("/products/{id}:whatif")
  @ApiResponse(
      responseCode = "404",
      description = "The product is not known in the latest run.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @ApiResponse(
      responseCode = "409",
      description =
          "The model or the run does not answer what-ifs, or the product has no forecast.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  Answer<WhatIfAnswer> whatIf(HttpRequest<?> request, String id, @Body WhatIfRequest body) {
    CallerView view = CallerView.of(request);
    if (body.market() == null || body.market().isEmpty()) {
      throw QueryParameters.refused("market", "'market' is missing or empty.");
    }
    Product product = ProductsController.required(view, id, body.market()).get(0);
    ScoreRecord score = product.score();
    if (score == null) {
      throw ProblemException.conflict(
          "Product '%s' has no forecast in market '%s': it is %s."
              .formatted(id, body.market(), product.lifecycle()));
    }
    Model model = model(view);
    SeenPlans seen = seen(model);
    PlannedScore planned = inputs.read(score, model);
    HorizonPlan plan = body.plan(planned.plan());
    new SeenPlanCheck(seen, planned.plan()).require(plan, body.price() != null);
    CatalogRecord entry = product.catalog();
    BigDecimal cost = entry == null ? null : entry.unitCost();
    return Answer.of(view, List.of(answer(score, planned, plan, cost)));
  }

  private static WhatIfAnswer answer(
      ScoreRecord score, PlannedScore planned, HorizonPlan plan, @Nullable BigDecimal unitCost) {
    return new WhatIfAnswer(
        score.market(),
        score.productId(),
        score.horizonStart(),
        score.horizonStart().plusDays(score.horizonDays() - 1),
        score.currency(),
        score.baselineUnits(),
        PlanForecast.published(score, planned, unitCost),
        PlanForecast.under(plan, score, planned, unitCost),
        WhatIfAnswer.MEANING);
  }

  private static Model model(CallerView view) {
    if (view.run().modelId() == null) {
      throw ProblemException.conflict(
          "The latest run was scored without a model, and the baseline does not depend on prices: train a model.");
    }
    return view.models().stream()
        .filter(Model::served)
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.conflict(
                    "The model of the latest run is not among the stored models."));
  }

  private static SeenPlans seen(Model model) {
    Map<String, String> parameters =
        model.parameters().stream()
            .collect(
                Collectors.toMap(
                    ModelEventRecord.Parameter::name, ModelEventRecord.Parameter::value));
    WhatIfVerdict verdict = WhatIfVerdict.of(parameters);
    if (verdict.outcome() != WhatIfVerdict.Outcome.ANSWERED) {
      throw ProblemException.conflict("What-ifs are not answered. " + verdict.reason());
    }
    return Objects.requireNonNull(verdict.seen());
  }
}
