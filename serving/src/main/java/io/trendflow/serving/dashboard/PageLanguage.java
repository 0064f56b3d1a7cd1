package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.trendflow.serving.api.ReasonTexts;
import java.util.Arrays;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A language of the dashboard: its texts, which are in {@code dashboard_<language>.properties}, its
 * numbers and dates, and its words for reasons.
 */
enum PageLanguage {
  ENGLISH("English", LocaleFormat.ENGLISH, ReasonTexts.ENGLISH),
  FRENCH("Français", LocaleFormat.FRENCH, ReasonTexts.FRENCH);

  /** The cookie that remembers a choice. */
  static final String COOKIE = "trendflow_language";

  private final String title;
  private final LocaleFormat wording;
  private final ReasonTexts reasons;
  private final ResourceBundle texts;

  PageLanguage(String title, LocaleFormat wording, ReasonTexts reasons) {
    this.title = title;
    this.wording = wording;
    this.reasons = reasons;
    this.texts = reasons.bundle("dashboard");
  }

  /** The one that was chosen, else the one that the browser likes best. */
  static PageLanguage askedBy(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(COOKIE)
        .map(Cookie::getValue)
        .flatMap(PageLanguage::of)
        .orElseGet(() -> liked(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE)));
  }

  private static PageLanguage liked(@Nullable String header) {
    return ReasonTexts.liked(header) == ReasonTexts.FRENCH ? FRENCH : ENGLISH;
  }

  /** Of a code such as {@code fr}. */
  static Optional<PageLanguage> of(String code) {
    return Arrays.stream(values()).filter(language -> language.code().equals(code)).findFirst();
  }

  /** Such as {@code fr}. */
  String code() {
    return reasons.language();
  }

  /** What it calls itself. */
  String title() {
    return title;
  }

  LocaleFormat wording() {
    return wording;
  }

  ReasonTexts reasons() {
    return reasons;
  }

  /** A text with its places {0}, {1} and so on filled in. */
  String say(String key, Object... values) {
    String text = texts.getString(key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** A text about so many things: that of {@code <key>.one} or {@code <key>.other}. */
  String count(String key, double number) {
    boolean one = this == FRENCH ? Math.abs(number) < 2 : number == 1;
    return say(key + (one ? ".one" : ".other"), wording.number(number));
  }

  /** A text for a value of the tables, such as a lifecycle; one without a text is its own. */
  String value(String kind, String value) {
    String key = kind + "." + value;
    return texts.containsKey(key) ? texts.getString(key) : value;
  }
}
