package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.LatestRun;
import io.trendflow.serving.web.AcceptedParameters;
import io.trendflow.serving.web.CallerAccess;

/**
 * Applies what all pages about a run have in common: each page is from one snapshot, and unknown
 * parameters are rejected.
 */
@ServerFilter({
  "/",
  "/recommendations.csv",
  "/recommendations.xlsx",
  "/products/**",
  "/results",
  "/buy",
  "/orders.xlsx",
  "/trends",
  "/model",
  "/data"
})
final class PageFilter {
  private final LatestRun latestRun;

  PageFilter(LatestRun latestRun) {
    this.latestRun = latestRun;
  }

  @RequestFilter
  void known(HttpRequest<?> request) {
    request.setAttribute(
        CallerView.ATTRIBUTE,
        new CallerView(
            latestRun.served(), CallerAccess.of(request), PageLanguage.askedBy(request).reasons()));
    RouteAttributes.getRouteMatch(request)
        .ifPresent(route -> AcceptedParameters.of(route).check(request.getParameters()));
  }
}
