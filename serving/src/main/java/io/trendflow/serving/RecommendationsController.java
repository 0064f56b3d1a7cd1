package io.trendflow.serving;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.reactivestreams.Publisher;

/** The scores of the latest run. */
@Controller("/api/v1/recommendations")
@Tag(name = "products")
final class RecommendationsController {
  /**
   * The products of the latest run, the most promising first. Ties are in the order of the uplift
   * that the run is ranked by, then product_id and market.
   */
  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  Answer<Score> recommendations(@RequestBean ScoreQuery query) {
    View view = View.of(query.request());
    query.columns();
    View.Listed page =
        view.list(
            query.filters(view), query.order(), query.from(), query.most(ScoreQuery.USUAL));
    return Answer.of(view, page.total(), page.next(), page.items());
  }

  /** The same as comma-separated values with a header, all rows unless limit says less. */
  @Get
  @Produces(Csv.MEDIA_TYPE)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<Publisher<byte[]>> recommendationsAsCsv(@RequestBean ScoreQuery query) {
    View view = View.of(query.request());
    View.Listed page =
        view.list(query.filters(view), query.order(), query.from(), query.most(Integer.MAX_VALUE));
    String file = "recommendations-" + view.snapshot().run().asOf() + ".csv";
    return HttpResponse.<Publisher<byte[]>>ok(Csv.of(page.items(), Score.class, query.columns()))
        .header("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }
}
