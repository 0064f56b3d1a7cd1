package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.http.filter.FilterPatternStyle;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.web.router.RouteAttributes;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.LatestRun;
import io.trendflow.serving.web.AcceptedParameters;
import io.trendflow.serving.web.CallerAccess;
import io.trendflow.serving.web.SiteCookies;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Applies what all pages about a run have in common: each page is from one snapshot, and unknown
 * parameters are rejected.
 */
// A single expression takes less time for each request than a list of patterns.
@ServerFilter(
    value =
        "/(launches|slowing|compare|recommendations[.](csv|xlsx)|products/.*|category|brand|results"
            + "|buy|orders[.]xlsx|trends|model|model/report|data)?",
    patternStyle = FilterPatternStyle.REGEX)
final class PageFilter {
  private static final Duration A_YEAR = Duration.ofDays(365);

  private final LatestRun latestRun;
  private final SiteCookies cookies;

  PageFilter(LatestRun latestRun, SiteCookies cookies) {
    this.latestRun = latestRun;
    this.cookies = cookies;
  }

  /**
   * Puts the view into the request. A page that does not say a choice that was made before is
   * redirected to the same page with it, so that the address of a page always says all of it.
   */
  @RequestFilter
  @Nullable HttpResponse<?> known(HttpRequest<?> request) {
    request.setAttribute(
        CallerView.ATTRIBUTE,
        new CallerView(
            latestRun.served(), CallerAccess.of(request), PageLanguage.askedBy(request).reasons()));
    RouteAttributes.getRouteMatch(request)
        .ifPresent(route -> AcceptedParameters.of(route).check(request.getParameters()));
    UriBuilder address = UriBuilder.of(request.getUri());
    boolean completed = false;
    for (RememberedChoice choice : RememberedChoice.values()) {
      String value = isOfServedRun(request) ? choice.remembered(request) : null;
      if (value != null) {
        address.queryParam(choice.parameter(), value);
        completed = true;
      }
    }
    return completed ? HttpResponse.seeOther(address.build()) : null;
  }

  private static boolean isOfServedRun(HttpRequest<?> request) {
    return CallerView.of(request).served().snapshot() != null;
  }

  /** Remembers the choices of a page that could be shown. */
  @ResponseFilter
  void remember(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.code() != HttpStatus.OK.getCode()) {
      return;
    }
    for (RememberedChoice choice : RememberedChoice.values()) {
      String value = choice.chosen(request);
      if (value != null) {
        Duration kept = value.isEmpty() ? Duration.ZERO : A_YEAR;
        response.cookie(cookies.create(request, choice.cookie(), value, kept, SameSite.Lax));
      }
    }
  }
}
