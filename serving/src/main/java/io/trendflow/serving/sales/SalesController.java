package io.trendflow.serving.sales;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.api.Answer;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.InMarket;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Route about the sales of a category or brand. */
@Controller("/api/v1/sales")
@UsualProblems
@Tag(name = "overview")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SalesController {
  private final SalesReader sales;

  SalesController(SalesReader sales) {
    this.sales = sales;
  }

  /**
   * Returns the weekly sales of a category, of a brand, or of a brand within a category, as known
   * at as_of, summed over all its products, also those without a score: by market at most 104
   * weeks, oldest first.
   */
  @Operation(operationId = "listSales")
  @Get
  Answer<SalesWeek> sales(
      HttpRequest<?> request,
      @Parameter(description = "A category; /api/v1/categories lists them. Required without brand.")
          @Nullable
          @QueryValue
          String category,
      @Parameter(description = "A brand; /api/v1/brands lists them. Required without category.")
          @Nullable
          @QueryValue
          String brand,
      @InMarket @Nullable @QueryValue String market) {
    CallerView view = CallerView.of(request);
    String ofCategory = QueryParameters.oneOf("category", category, view.categories());
    String ofBrand = QueryParameters.oneOf("brand", brand, view.brands());
    if (ofCategory == null && ofBrand == null) {
      throw QueryParameters.refused(
          "category", "Parameter 'category' is missing: give a category or a brand.");
    }
    String one = QueryParameters.oneOf("market", market, view.markets());
    Collection<String> markets = one == null ? view.markets() : List.of(one);
    return Answer.of(
        view,
        markets.stream().flatMap(in -> sales.of(view, in, ofCategory, ofBrand).stream()).toList());
  }
}
