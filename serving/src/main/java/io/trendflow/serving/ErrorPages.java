package io.trendflow.serving;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Shows a browser a page where a program gets a {@link Problem}. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(2 * Guard.BEFORE_OTHERS + 1) // so that what the guard refuses is a page, too
final class ErrorPages {
  private final LatestRun latestRun;
  private final Pages pages;

  ErrorPages(LatestRun latestRun, Pages pages) {
    this.latestRun = latestRun;
    this.pages = pages;
  }

  @ResponseFilter
  void render(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.body() instanceof Problem problem && Pages.areAskedBy(request)) {
      Notice notice = Notice.of(problem, latestRun.served(), Language.askedBy(request));
      String page =
          pages.page(request, HttpStatus.valueOf(problem.status()), "notice.jte", notice).body();
      response.body(page).contentType(MediaType.of(Pages.HTML));
    }
  }
}
