package io.trendflow.serving.dashboard;

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
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Stores the language that a user chose. */
@Controller("/language")
@Hidden
final class LanguageController {
  private static final Duration A_YEAR = Duration.ofDays(365);

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> choose(@Body Map<String, String> sent) {
    URI page = SiteAddress.own(sent.get("back"));
    return PageLanguage.of(sent.getOrDefault("language", ""))
        .map(language -> HttpResponse.seeOther(page).cookie(cookie(language)))
        .orElseGet(() -> HttpResponse.seeOther(page));
  }

  private static Cookie cookie(PageLanguage language) {
    return Cookie.of(PageLanguage.COOKIE, language.code())
        .httpOnly(true)
        .sameSite(SameSite.Lax)
        .path("/")
        .maxAge(A_YEAR);
  }
}
