package io.trendflow.serving.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
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
import io.trendflow.serving.calendar.CalendarReader;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.UsualProblems;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Routes about single products. */
@Controller("/api/v1")
@UsualProblems
@ApiResponse(
    responseCode = "404",
    description = "The product does not exist.",
    content =
        @Content(
            mediaType = ProblemBody.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemBody.class)))
@Tag(name = "products")
@ExecuteOn(TaskExecutors.BLOCKING)
public final class ProductsController {
  private static final int USUAL_WEEKS = 104;
  private static final int MOST_WEEKS = 520;
  private static final int USUAL_SIMILAR = 10;
  private static final int MOST_SIMILAR = 50;

  private final HistoryQueue histories;

  ProductsController(HistoryQueue histories) {
    this.histories = histories;
  }

  /**
   * Returns a product in each market in which it is known: its score, the reasons for the score,
   * its catalogue entry and the scores of earlier runs. A product that is not scored has a
   * lifecycle and no score.
   *
   * @param id the product's id, percent-encoded
   */
  @Operation(operationId = "getProduct")
  @Get("/products/{id}")
  public Answer<Product> product(
      HttpRequest<?> request,
      String id,
      @InMarket @Nullable @QueryValue String market,
      @LocalizedHeader @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String languages) {
    CallerView view = CallerView.of(request);
    return Answer.of(view, required(view, id, market));
  }

  /**
   * Returns a product's weekly units, revenue and price, the trend series that belong to it, its
   * promotions and other planned events, as known at as_of, and what became of earlier forecasts,
   * in each market in which the product is known.
   *
   * @param id the product's id, percent-encoded
   */
  @Operation(operationId = "getProductHistory")
  @Get("/products/{id}/history")
  public Answer<History> history(
      HttpRequest<?> request,
      String id,
      @InMarket @Nullable @QueryValue String market,
      @Parameter(
              description = "Maximum number of weeks for each market.",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "520", defaultValue = "104"))
          @Nullable
          @QueryValue
          String weeks) {
    CallerView view = CallerView.of(request);
    int most = QueryParameters.whole("weeks", weeks, USUAL_WEEKS, 1, MOST_WEEKS);
    List<History> items =
        required(view, id, market).stream()
            .map(product -> histories.of(question(view, product, most)))
            .toList();
    return Answer.of(view, items);
  }

  private static HistoryReader.Question question(CallerView view, Product product, int weeks) {
    CatalogRecord entry = product.catalog();
    return new HistoryReader.Question(
        view.run(),
        view.judgedRuns(),
        view.calendar(),
        new CalendarReader.Subject(
            product.productId(),
            Objects.requireNonNull(product.market()),
            entry == null ? null : entry.category()),
        weeks);
  }

  /**
   * Returns scored products of the same market and category that are similar to a product, the most
   * similar first. The distance is the sum of the price distance, |ln(price / other price)| but at
   * most 1, and the attribute distance: 1 minus the share of attributes (name and value, including
   * the brand) that both products have, among those that either has. An unknown price or no
   * attributes count as distance 1.
   *
   * @param id the product's id, percent-encoded
   */
  @Operation(operationId = "listSimilarProducts")
  @Get("/products/{id}/similar")
  public Answer<Similar> similar(
      HttpRequest<?> request,
      String id,
      @InMarket @Nullable @QueryValue String market,
      @Parameter(
              description = "Maximum number of items for each market.",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "50", defaultValue = "10"))
          @Nullable
          @QueryValue
          String limit) {
    CallerView view = CallerView.of(request);
    int most = QueryParameters.whole("limit", limit, USUAL_SIMILAR, 1, MOST_SIMILAR);
    List<Similar> items =
        required(view, id, market).stream()
            .flatMap(product -> Similar.to(product, view, most).stream())
            .toList();
    return Answer.of(view, items);
  }

  /**
   * Returns up to 500 products at once, in the order of the ids. An unknown id is returned with
   * null for market and lifecycle.
   */
  @Operation(operationId = "lookUpProducts")
  @Post("/products:lookup")
  Answer<Product> lookup(
      HttpRequest<?> request,
      @Body LookupRequest body,
      @InMarket @Nullable @QueryValue String market,
      @LocalizedHeader @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String languages) {
    CallerView view = CallerView.of(request);
    String one = QueryParameters.oneOf("market", market, view.markets());
    List<Product> items =
        body.checked().stream()
            .distinct()
            .flatMap(id -> orUnknown(id, view.products(id, one)).stream())
            .toList();
    return Answer.of(view, items);
  }

  private static List<Product> orUnknown(String id, List<Product> known) {
    return known.isEmpty() ? List.of(Product.unknown(id)) : known;
  }

  /**
   * Returns a product in each market, or in the requested one.
   *
   * @throws ProblemException status 404 if it is not known
   */
  public static List<Product> required(CallerView view, String id, @Nullable String market) {
    QueryParameters.requireText("id", id);
    String one = QueryParameters.oneOf("market", market, view.markets());
    List<Product> products = view.products(id, one);
    if (products.isEmpty()) {
      String where = one == null ? "" : " in market '" + one + "'";
      String detail = "Product '" + id + "' is not known" + where + " in the latest run.";
      throw new ProblemException(ProblemBody.of(HttpStatus.NOT_FOUND, detail));
    }
    return products;
  }
}
