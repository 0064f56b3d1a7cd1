package io.trendflow.serving;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;

/** The latest run as JSON. */
@Controller("/api/v1")
final class ApiController {
  private final LatestRun latestRun;

  ApiController(LatestRun latestRun) {
    this.latestRun = latestRun;
  }

  /**
   * Scores in rank order. Where no market is given and the run has several, all are ordered by
   * potential, then uplift, then product and market.
   */
  @Get("/recommendations")
  Answer recommendations(HttpRequest<?> request) {
    Served served = latestRun.served();
    Snapshot snapshot = served.required();
    Filters filters = Filters.of(new QueryParameters(request.getParameters()), snapshot);
    List<Score> rows = snapshot.select(filters);
    return Answer.of(served, rows.size(), filters.page(rows));
  }

  /** A product's scores in the market, or in each. */
  @Get("/products/{id}")
  Answer product(String id, HttpRequest<?> request) {
    Served served = latestRun.served();
    Snapshot snapshot = served.required();
    QueryParameters parameters = new QueryParameters(request.getParameters());
    parameters.allowOnly("market");
    String market = parameters.oneOf("market", snapshot.markets());
    List<Score> rows =
        snapshot.byProduct().getOrDefault(id, List.of()).stream()
            .filter(score -> market == null || market.equals(score.market()))
            .toList();
    if (rows.isEmpty()) {
      String where = market == null ? "" : " in market '" + market + "'";
      String detail = "Product '" + id + "' is not scored" + where + " by the latest run.";
      throw new ProblemException(Problem.of(HttpStatus.NOT_FOUND, detail));
    }
    return Answer.of(served, rows.size(), rows);
  }
}
