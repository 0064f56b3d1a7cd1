package io.trendflow.serving.dashboard;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.LatestRun;
import io.trendflow.serving.web.ApiKeyFilter;
import io.trendflow.serving.web.CallerAccess;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.SiteAddress;

/** Answers browsers with a page in place of a {@link ProblemBody}. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(2 * ApiKeyFilter.BEFORE_OTHERS + 1) // requests that ApiKeyFilter rejects get a page, too
final class ErrorPages {
  private final LatestRun latestRun;
  private final PageRenderer pages;

  ErrorPages(LatestRun latestRun, PageRenderer pages) {
    this.latestRun = latestRun;
    this.pages = pages;
  }

  @ResponseFilter
  void render(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.body() instanceof ProblemBody problem && SiteAddress.isAskedForPage(request)) {
      PageLanguage language = PageLanguage.askedBy(request);
      CallerView view =
          new CallerView(latestRun.served(), CallerAccess.of(request), language.reasons());
      NoticePage notice = NoticePage.of(problem, view, language);
      String page =
          pages.page(request, HttpStatus.valueOf(problem.status()), "notice.jte", notice).body();
      response.body(page).contentType(MediaType.of(PageRenderer.HTML));
    }
  }
}
