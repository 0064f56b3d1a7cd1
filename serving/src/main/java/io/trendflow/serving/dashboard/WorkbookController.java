package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import io.trendflow.serving.api.RecommendationsController;
import io.trendflow.serving.api.ScoreQuery;
import java.io.IOException;

/** Address of the recommendations' workbook: a link can't ask for a media type. */
@Controller("/recommendations.xlsx")
@Hidden
@ExecuteOn(TaskExecutors.BLOCKING)
final class WorkbookController {
  private final RecommendationsController recommendations;

  WorkbookController(RecommendationsController recommendations) {
    this.recommendations = recommendations;
  }

  @Get(produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
  HttpResponse<byte[]> workbook(@RequestBean ScoreQuery query) throws IOException {
    return recommendations.workbook(query);
  }
}
