package io.trendflow.serving.api;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.model.order.BudgetLimits;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.web.QueryParameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Query parameters of proposed orders, as sent. */
@Introspected
public record OrderQuery(
    HttpRequest<?> request,
    @InMarket @Nullable @QueryValue String market,
    @Parameter(
            description =
                "Money that the orders may cost, in the market's currency. If it is missing, each"
                    + " product has the order with its highest expected profit.",
            schema = @Schema(type = "number", minimum = "0", maximum = "999999999"))
        @Nullable
        @QueryValue
        String budget,
    @Parameter(
            description = "Only products of this supplier, as the catalogue names it.",
            schema =
                @Schema(
                    type = "string",
                    minLength = 1,
                    maxLength = 200,
                    pattern = QueryParameters.TEXT))
        @Nullable
        @QueryValue
        String supplier,
    @Parameter(description = "Only this category; /api/v1/categories lists them.")
        @Nullable
        @QueryValue
        String category) {
  private static final int MOST = 999_999_999;

  /**
   * Returns the filters.
   *
   * @throws io.trendflow.serving.web.ProblemException if a value is not valid or the caller may not
   *     see it
   */
  ScoreFilters filters(CallerView view) {
    return ScoreFilters.of(
        QueryParameters.oneOf("market", market, view.markets()),
        category == null ? null : QueryParameters.oneOf("category", category, view.categories()),
        null,
        null);
  }

  /** Returns the supplier; null if all suppliers count. */
  @Nullable String onlySupplier() {
    return QueryParameters.text(supplier);
  }

  /** Returns the budget; null if the parameter is missing. */
  @Nullable BudgetLimits limits() {
    String text = QueryParameters.text(budget);
    return text == null
        ? null
        : new BudgetLimits(QueryParameters.number("budget", text, MOST), Map.of(), Map.of());
  }
}
