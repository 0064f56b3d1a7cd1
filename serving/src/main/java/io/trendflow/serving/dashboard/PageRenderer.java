package io.trendflow.serving.dashboard;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.web.DashboardSession;
import io.trendflow.serving.web.PictureHosts;
import io.trendflow.serving.web.SessionSigner;
import jakarta.inject.Singleton;
import java.util.Map;

/** Renders templates in the language of the user. */
@Singleton
final class PageRenderer {
  static final String HTML = "text/html;charset=utf-8";

  private final SessionSigner sessions;
  private final PictureHosts pictures;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, PageRenderer.class.getPackageName());

  PageRenderer(SessionSigner sessions, PictureHosts pictures) {
    this.sessions = sessions;
    this.pictures = pictures;
  }

  /**
   * Renders a page.
   *
   * @param template name of a template that takes a {@link PageLayout} and this page
   */
  MutableHttpResponse<String> page(
      HttpRequest<?> request, HttpStatus status, String template, Object page) {
    StringOutput html = new StringOutput();
    templates.render(template, Map.of("frame", frame(request), "page", page), html);
    return HttpResponse.<String>status(status)
        .body(html.toString())
        .contentType(MediaType.of(HTML))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, "Accept-Language, Cookie");
  }

  MutableHttpResponse<String> page(HttpRequest<?> request, String template, Object page) {
    return page(request, HttpStatus.OK, template, page);
  }

  private PageLayout frame(HttpRequest<?> request) {
    return new PageLayout(
        PageLanguage.askedBy(request),
        request.getUri().toString(),
        request.getAttribute(CallerView.ATTRIBUTE, CallerView.class).orElse(null),
        DashboardSession.of(request).map(sessions::logoutToken).orElse(null),
        pictures);
  }
}
