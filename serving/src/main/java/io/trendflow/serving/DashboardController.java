package io.trendflow.serving;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** The page that lists the recommendations; it takes the parameters of the API. */
@Controller
final class DashboardController {
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, DashboardController.class.getPackageName());

  private final LatestRun latestRun;

  DashboardController(LatestRun latestRun) {
    this.latestRun = latestRun;
  }

  @Get
  @Produces("text/html;charset=utf-8")
  HttpResponse<String> list(HttpRequest<?> request) {
    Served served = latestRun.served();
    Snapshot snapshot = served.snapshot();
    if (snapshot == null) {
      return page(HttpStatus.SERVICE_UNAVAILABLE, "notice.jte", Notice.nothing(served));
    }
    try {
      Filters filters = Filters.of(new QueryParameters(request.getParameters()), snapshot);
      return page(HttpStatus.OK, "recommendations.jte", Page.of(served, filters));
    } catch (ProblemException e) {
      return page(HttpStatus.BAD_REQUEST, "notice.jte", Notice.refused(e));
    }
  }

  private HttpResponse<String> page(HttpStatus status, String template, Object model) {
    StringOutput html = new StringOutput();
    templates.render(template, model, html);
    return HttpResponse.<String>status(status).body(html.toString());
  }
}
