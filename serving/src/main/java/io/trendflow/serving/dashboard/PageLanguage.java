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
 * Language of the dashboard: texts from {@code dashboard_<language>.properties}, formats of numbers
 * and dates, and texts of reasons.
 */
enum PageLanguage {
  ENGLISH("English", LocaleFormat.ENGLISH, ReasonTexts.ENGLISH),
  FRENCH("Français", LocaleFormat.FRENCH, ReasonTexts.FRENCH);

  /** Name of the cookie that stores the chosen language. */
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

  /** Returns the language that the user chose, otherwise the one that the browser prefers. */
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

  /** Returns the language of a code such as {@code fr}. */
  static Optional<PageLanguage> of(String code) {
    return Arrays.stream(values()).filter(language -> language.code().equals(code)).findFirst();
  }

  /** Returns the language code, such as {@code fr}. */
  String code() {
    return reasons.language();
  }

  /** Returns the name of the language in the language itself. */
  String title() {
    return title;
  }

  LocaleFormat wording() {
    return wording;
  }

  ReasonTexts reasons() {
    return reasons;
  }

  /** Returns a text with its placeholders {0}, {1} and so on filled in. */
  String say(String key, Object... values) {
    String text = texts.getString(key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** Returns the text {@code <key>.one} or {@code <key>.other}, depending on a number. */
  String count(String key, double number) {
    boolean one = this == FRENCH ? Math.abs(number) < 2 : number == 1;
    return say(key + (one ? ".one" : ".other"), wording.number(number));
  }

  /**
   * Returns the text of a table's value, such as a lifecycle; the value itself if it has no text.
   */
  String value(String kind, String value) {
    String key = kind + "." + value;
    return texts.containsKey(key) ? texts.getString(key) : value;
  }
}
