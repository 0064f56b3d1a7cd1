package io.trendflow.serving;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Makes pages of the templates. */
@Singleton
final class Pages {
  static final String HTML = "text/html;charset=utf-8";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, Pages.class.getPackageName());

  /**
   * A page.
   *
   * @param model the template's one parameter
   */
  MutableHttpResponse<String> page(HttpStatus status, String template, Object model) {
    StringOutput html = new StringOutput();
    templates.render(template, model, html);
    return HttpResponse.<String>status(status).body(html.toString());
  }
}
