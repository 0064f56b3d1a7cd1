package io.trendflow.serving.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.trendflow.serving.decision.DecisionLog;
import io.trendflow.serving.snapshot.LatestRun;
import io.trendflow.serving.web.AcceptedParameters;
import io.trendflow.serving.web.CallerAccess;
import io.trendflow.serving.web.QueryParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Applies what all routes of the API have in common: each answer is from one snapshot, unknown
 * parameters are rejected, and answers are cached while their snapshot is served and, if they are
 * decisions, until another is added.
 */
@ServerFilter(value = "/api/v1/.*", patternStyle = FilterPatternStyle.REGEX)
final class AnswerFilter {
  private static final String QUESTION = "trendflow.question";

  private final LatestRun latestRun;
  private final DecisionLog decisions;
  private final AnswerWriter writer;
  private final Cache<Key, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(64L << 20)
          .weigher((Key key, Kept answer) -> key.characters() + answer.body.length)
          .build();

  /**
   * Identity of an answer in the cache.
   *
   * @param served version of the served data
   * @param decided version of the decisions; empty if the answer has none
   * @param markets markets of the caller
   * @param accept media types that the caller accepts
   * @param language language of the texts
   * @param uri path and parameters
   */
  private record Key(
      String served, String decided, String markets, String accept, String language, String uri) {
    int characters() {
      return served.length() + markets.length() + accept.length() + uri.length();
    }

    /** Returns a weak entity tag, because the same answer may be sent compressed. */
    String tag() {
      String all = String.join("\n", served, decided, markets, accept, language, uri);
      return "W/\"" + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)) + '"';
    }
  }

  /**
   * Question of a request.
   *
   * @param vary request headers that the answer depends on
   */
  private record Question(Key key, String vary) {}

  /** Cached answer. */
  private static final class Kept {
    private final byte[] body;
    private final String tag;

    Kept(byte[] body, String tag) {
      this.body = body;
      this.tag = tag;
    }
  }

  AnswerFilter(LatestRun latestRun, DecisionLog decisions, AnswerWriter writer) {
    this.latestRun = latestRun;
    this.decisions = decisions;
    this.writer = writer;
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> known(HttpRequest<?> request) {
    RouteMatch<?> route = RouteAttributes.getRouteMatch(request).orElse(null);
    if (route == null) {
      return null;
    }
    AcceptedParameters accepted = AcceptedParameters.of(route);
    ReasonTexts words = accepted.words() ? ReasonTexts.askedBy(request) : ReasonTexts.ENGLISH;
    CallerView view = new CallerView(latestRun.served(), CallerAccess.of(request), words);
    request.setAttribute(CallerView.ATTRIBUTE, view);
    accepted.check(request.getParameters());
    QueryParameters.refuseEmpty(request.getParameters());
    if (request.getMethod() != HttpMethod.GET) {
      return null;
    }
    Question question =
        new Question(key(request, view), accepted.words() ? "Accept, Accept-Language" : "Accept");
    request.setAttribute(QUESTION, question);
    return answered(request, question);
  }

  /**
   * Returns the cached answer, or status 304 if the client has it already; null if it is not
   * cached.
   */
  private @Nullable HttpResponse<?> answered(HttpRequest<?> request, Question question) {
    Kept answer = kept.getIfPresent(question.key());
    String tag = answer == null ? question.key().tag() : answer.tag;
    String had = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    if (had != null && Arrays.asList(had.split(" *, *")).contains(tag)) {
      return tagged(HttpResponse.notModified(), tag, question);
    }
    return answer == null
        ? null
        : tagged(
            HttpResponse.ok(answer.body).contentType(MediaType.APPLICATION_JSON_TYPE),
            tag,
            question);
  }

  @ResponseFilter
  void render(HttpRequest<?> request, MutableHttpResponse<?> response) throws IOException {
    if (response.getHeaders().contains(HttpHeaders.ETAG)) {
      return; // answered from the cache
    }
    Question question = request.getAttribute(QUESTION, Question.class).orElse(null);
    String tag = question == null ? null : question.key().tag();
    if (response.body() instanceof Answer<?> answer) {
      byte[] body = writer.write(answer, request.getParameters().get("fields"));
      response.body(body).contentType(MediaType.APPLICATION_JSON_TYPE);
      if (question != null && tag != null) {
        kept.put(question.key(), new Kept(body, tag));
      }
    }
    if (question != null && tag != null && response.status() == HttpStatus.OK) {
      tagged(response, tag, question);
    }
  }

  private Key key(HttpRequest<?> request, CallerView view) {
    return new Key(
        view.served().version(),
        request.getPath().equals(DecisionsController.PATH) ? decisions.version() : "",
        String.valueOf(view.access().markets()),
        request.getHeaders().get(HttpHeaders.ACCEPT, String.class, ""),
        view.words().language(),
        request.getUri().toString());
  }

  /** Adds headers that let clients keep an answer but make them revalidate it. */
  private static MutableHttpResponse<?> tagged(
      MutableHttpResponse<?> response, String tag, Question question) {
    return response
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, question.vary());
  }
}
