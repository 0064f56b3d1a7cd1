package io.trendflow.serving;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;

/** The page that lists the recommendations; it takes the parameters of the API. */
@Controller
@Hidden
final class DashboardController {
  private final LatestRun latestRun;
  private final Pages pages;

  DashboardController(LatestRun latestRun, Pages pages) {
    this.latestRun = latestRun;
    this.pages = pages;
  }

  @Get
  @Produces(Pages.HTML)
  HttpResponse<String> list(HttpRequest<?> request) {
    Served served = latestRun.served();
    if (served.snapshot() == null) {
      return pages.page(HttpStatus.SERVICE_UNAVAILABLE, "notice.jte", Notice.nothing(served));
    }
    try {
      return pages.page(HttpStatus.OK, "recommendations.jte", Page.of(request, served));
    } catch (ProblemException e) {
      return pages.page(HttpStatus.BAD_REQUEST, "notice.jte", Notice.refused(e));
    }
  }
}
