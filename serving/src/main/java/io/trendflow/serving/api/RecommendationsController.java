package io.trendflow.serving.api;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.UsualProblems;
import java.io.InputStream;

/** The scores of the latest run. */
@Controller("/api/v1/recommendations")
@UsualProblems
@Tag(name = "products")
public final class RecommendationsController {
  /**
   * The products of the latest run, the most promising first. Ties are in the order of the uplift
   * that the run is ranked by, then product_id and market. Who asks for text/csv gets a header and
   * all rows, unless limit says less, and no reasons.
   */
  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  Answer<ScoreRecord> recommendations(@RequestBean ScoreQuery query) {
    CallerView view = CallerView.of(query.request());
    query.columns(ScoreQuery.COLUMNS);
    CallerView.Listed page = page(query, view, ScoreQuery.USUAL);
    return Answer.of(view, page.total(), page.next(), page.items());
  }

  /** The same for who names CSV; who takes anything gets JSON. */
  @Get
  @Produces(CsvAnswer.MEDIA_TYPE)
  @RouteCondition("#{T(io.trendflow.serving.api.CsvAnswer).isAskedBy(request)}")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @ApiResponse(
      responseCode = "200",
      description = "The scores.",
      content = @Content(mediaType = CsvAnswer.MEDIA_TYPE, schema = @Schema(type = "string")))
  public StreamedFile recommendationsAsCsv(@RequestBean ScoreQuery query) {
    CallerView view = CallerView.of(query.request());
    CallerView.Listed all = page(query, view, Integer.MAX_VALUE);
    InputStream rows =
        CsvAnswer.of(all.items(), ScoreRecord.class, query.columns(ScoreQuery.CSV_COLUMNS));
    return new StreamedFile(rows, MediaType.of(CsvAnswer.MEDIA_TYPE))
        .attach("recommendations-" + view.snapshot().run().asOf() + ".csv");
  }

  private static CallerView.Listed page(ScoreQuery query, CallerView view, int usual) {
    return view.list(query.filters(view), query.order(), query.from(), query.most(usual));
  }
}
