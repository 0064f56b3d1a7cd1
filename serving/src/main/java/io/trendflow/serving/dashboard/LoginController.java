package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.swagger.v3.oas.annotations.Hidden;
import io.trendflow.serving.web.ApiKey;
import io.trendflow.serving.web.ApiKeyFilter;
import io.trendflow.serving.web.ApiKeys;
import io.trendflow.serving.web.DashboardSession;
import io.trendflow.serving.web.SessionSigner;
import io.trendflow.serving.web.SiteAddress;
import io.trendflow.serving.web.SiteCookies;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens a session of the dashboard in exchange for an API key. */
@Controller
@Hidden
final class LoginController {
  private static final String FORM = "trendflow_form";

  private final ApiKeys keys;
  private final SessionSigner sessions;
  private final SiteCookies cookies;
  private final PageRenderer pages;

  LoginController(ApiKeys keys, SessionSigner sessions, SiteCookies cookies, PageRenderer pages) {
    this.keys = keys;
    this.sessions = sessions;
    this.cookies = cookies;
    this.pages = pages;
  }

  @Get("/login")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> form(HttpRequest<?> request, @Nullable @QueryValue String to) {
    return form(request, HttpStatus.OK, to, null);
  }

  @Post("/login")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(PageRenderer.HTML)
  HttpResponse<String> login(HttpRequest<?> request, @Body Map<String, String> sent) {
    URI to = SiteAddress.own("to", sent.get("to"));
    if (!hasToken(request, sent)) {
      return form(request, HttpStatus.FORBIDDEN, sent.get("to"), "login.old");
    }
    ApiKey key = keys.find(sent.getOrDefault("key", "")).orElse(null);
    if (key == null) {
      return form(request, HttpStatus.UNAUTHORIZED, sent.get("to"), "login.unknown");
    }
    String session = sessions.open(key, Instant.now());
    return HttpResponse.<String>seeOther(to)
        .cookie(cookie(request, ApiKeyFilter.SESSION, session, SessionSigner.LENGTH));
  }

  @Post("/logout")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(PageRenderer.HTML)
  HttpResponse<String> logout(HttpRequest<?> request, @Body Map<String, String> sent) {
    DashboardSession session = DashboardSession.of(request).orElse(null);
    if (session == null || !sessions.isLogoutToken(session, sent.getOrDefault("token", ""))) {
      return toList();
    }
    sessions.revoke(session);
    return toList().cookie(cookie(request, ApiKeyFilter.SESSION, "", Duration.ZERO));
  }

  private static MutableHttpResponse<String> toList() {
    return HttpResponse.seeOther(URI.create("/"));
  }

  private MutableHttpResponse<String> form(
      HttpRequest<?> request, HttpStatus status, @Nullable String to, @Nullable String refusal) {
    String random = sessions.random();
    return pages
        .page(
            request,
            status,
            "login.jte",
            new LoginForm(
                sessions.loginToken(random), SiteAddress.own("to", to).toString(), refusal))
        .headers(headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-store"))
        .cookie(cookie(request, FORM, random, Duration.ofHours(1)));
  }

  private boolean hasToken(HttpRequest<?> request, Map<String, String> sent) {
    String token = sent.getOrDefault("token", "");
    return request
        .getCookies()
        .findCookie(FORM)
        .filter(found -> sessions.isLoginToken(found.getValue(), token))
        .isPresent();
  }

  private Cookie cookie(HttpRequest<?> request, String name, String value, Duration length) {
    return cookies.create(request, name, value, length, SameSite.Strict);
  }
}
