package io.trendflow.serving.launch;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.api.Answer;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.InMarket;
import io.trendflow.serving.api.ProductsController;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.UsualProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Route about the launches that a product can be compared with. */
@Controller("/api/v1")
@UsualProblems
@Tag(name = "products")
@ExecuteOn(TaskExecutors.BLOCKING)
public final class LaunchesController {
  private final LaunchReader launches;

  LaunchesController(LaunchReader launches) {
    this.launches = launches;
  }

  /**
   * Returns the launches of the last two years in a product's market and category that are closest
   * to it in price, at most 25, with the units sold in their first 28 days. The list is empty if
   * the catalogue has no category for the product.
   *
   * @param id the product's id, percent-encoded
   */
  @Operation(operationId = "listComparableLaunches")
  @Get("/products/{id}/launches")
  @ApiResponse(
      responseCode = "404",
      description = "The product is not known in the latest run.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  public Answer<PastLaunch> launches(
      HttpRequest<?> request, String id, @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    List<PastLaunch> items =
        ProductsController.required(view, id, market).stream()
            .flatMap(product -> launches.comparable(view, product).stream())
            .toList();
    return Answer.of(view, items);
  }
}
