package io.trendflow.serving;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Remembers the language that somebody chose. */
@Controller("/language")
@Hidden
final class LanguageController {
  private static final Duration A_YEAR = Duration.ofDays(365);

  /** A path and query of this site: a browser takes two slashes for another one. */
  private static final Pattern OWN =
      Pattern.compile("(?!//)/(?:[-\\w.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*");

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> choose(@Body Map<String, String> sent) {
    String back = sent.getOrDefault("back", "/");
    URI page = URI.create(OWN.matcher(back).matches() ? back : "/");
    return Language.of(sent.getOrDefault("language", ""))
        .map(language -> HttpResponse.seeOther(page).cookie(cookie(language)))
        .orElseGet(() -> HttpResponse.seeOther(page));
  }

  private static Cookie cookie(Language language) {
    return Cookie.of(Language.COOKIE, language.code())
        .httpOnly(true)
        .sameSite(SameSite.Lax)
        .path("/")
        .maxAge(A_YEAR);
  }
}
