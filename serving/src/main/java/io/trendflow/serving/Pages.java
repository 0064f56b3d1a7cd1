package io.trendflow.serving;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes pages of the templates, in the language of who asks. */
@Singleton
final class Pages {
  static final String HTML = "text/html;charset=utf-8";

  private final Sessions sessions;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, Pages.class.getPackageName());

  Pages(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Whether a request comes from a browser that wants to show the answer. */
  static boolean areAskedBy(HttpRequest<?> request) {
    return !request.getPath().startsWith("/api/")
        && (request.accept().contains(MediaType.TEXT_HTML_TYPE)
            || RouteAttributes.getRouteMatch(request)
                .map(route -> route.getRouteInfo().getProduces())
                .filter(types -> types.contains(MediaType.TEXT_HTML_TYPE))
                .isPresent());
  }

  /**
   * A page.
   *
   * @param template which takes a {@link Frame} and this page
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

  private Frame frame(HttpRequest<?> request) {
    return new Frame(
        Language.askedBy(request),
        request.getUri().toString(),
        request.getAttribute(View.ATTRIBUTE, View.class).orElse(null),
        request
            .getCookies()
            .findCookie(Guard.SESSION)
            .map(Cookie::getValue)
            .map(sessions::token)
            .orElse(null));
  }
}
