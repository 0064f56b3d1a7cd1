package io.trendflow.serving;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;

/** What all pages about a run have in common: one snapshot, and no parameter that is unknown. */
@ServerFilter({"/", "/recommendations.csv", "/products/**", "/trends", "/model", "/data"})
final class PageFilter {
  private final LatestRun latestRun;

  PageFilter(LatestRun latestRun) {
    this.latestRun = latestRun;
  }

  @RequestFilter
  void known(HttpRequest<?> request) {
    request.setAttribute(
        View.ATTRIBUTE,
        new View(latestRun.served(), Access.of(request), Language.askedBy(request).reasons()));
    RouteAttributes.getRouteMatch(request)
        .ifPresent(route -> AcceptedParameters.of(route).check(request.getParameters()));
  }
}
