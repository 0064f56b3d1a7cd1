package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.swagger.v3.oas.annotations.Hidden;
import io.trendflow.serving.web.SiteAddress;
import io.trendflow.serving.web.SiteCookies;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Stores the language that a user chose. */
@Controller("/language")
@Hidden
final class LanguageController {
  private static final Duration A_YEAR = Duration.ofDays(365);

  private final SiteCookies cookies;

  LanguageController(SiteCookies cookies) {
    this.cookies = cookies;
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> choose(HttpRequest<?> request, @Body Map<String, String> sent) {
    URI page = SiteAddress.own("back", sent.get("back"));
    return PageLanguage.of(sent.getOrDefault("language", ""))
        .map(language -> HttpResponse.seeOther(page).cookie(cookie(request, language)))
        .orElseGet(() -> HttpResponse.seeOther(page));
  }

  private Cookie cookie(HttpRequest<?> request, PageLanguage language) {
    return cookies.create(request, PageLanguage.COOKIE, language.code(), A_YEAR, SameSite.Lax);
  }
}
