package io.trendflow.serving.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.trendflow.serving.store.ReasonRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Phrases the reasons for a score in one language. The templates are in {@code
 * reasons_<language>.properties}, one for each feature of the feature catalogue.
 */
public final class ReasonTexts {
  public static final ReasonTexts ENGLISH = new ReasonTexts(Locale.UK);
  public static final ReasonTexts FRENCH = new ReasonTexts(Locale.FRANCE);

  private static final String ATTRIBUTE = "attribute_";
  private static final double TEN_ROUNDED = 9.95;

  private final Locale locale;
  private final ResourceBundle templates;

  private ReasonTexts(Locale locale) {
    this.locale = locale;
    this.templates = bundle("reasons");
  }

  /** Loads the texts of {@code <name>_<language>.properties}. */
  public ResourceBundle bundle(String name) {
    return ResourceBundle.getBundle(
        name,
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * Returns the texts in the language that a request prefers; English if it prefers neither English
   * nor French.
   */
  static ReasonTexts askedBy(HttpRequest<?> request) {
    return liked(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /**
   * Returns the texts in the language that an Accept-Language header prefers; English if it prefers
   * neither English nor French.
   */
  public static ReasonTexts liked(@Nullable String header) {
    if (header == null) {
      return ENGLISH;
    }
    try {
      List<Locale.LanguageRange> liked = Locale.LanguageRange.parse(header);
      Locale best = Locale.lookup(liked, List.of(Locale.ENGLISH, Locale.FRENCH));
      return Locale.FRENCH.equals(best) ? FRENCH : ENGLISH;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // the latter for "-"
      return ENGLISH;
    }
  }

  /** Returns the language code, such as {@code en}. */
  public String language() {
    return locale.getLanguage();
  }

  /** Returns a sentence for each reason of a score. */
  List<String> sentences(ScoreRecord score) {
    return score.reasons().stream().map(this::sentence).toList();
  }

  /** Returns the fact and its effect: {@code search interest up 38 % in 4 weeks (+12 % units)}. */
  public String sentence(ReasonRecord reason) {
    double effect = Math.rint(reason.effect());
    return template("sentence")
        .replace("{effect}", (effect > 0 ? "+" : "") + number(effect))
        .replace("{fact}", fact(reason));
  }

  /** Returns the fact alone: {@code search interest up 38 % in 4 weeks}. */
  public String fact(ReasonRecord reason) {
    String feature = reason.feature();
    String template = template(templates.containsKey(feature) ? feature : "other");
    return template
        .replace("{change}", difference("change", reason.value()))
        .replace("{against}", difference("against", reason.value()))
        .replace("{value}", value(reason))
        .replace("{name}", feature.replace(ATTRIBUTE, ""));
  }

  /**
   * Returns the name of a feature, without a value: {@code search interest (change) in 4 weeks}.
   */
  public String label(String feature) {
    String template = template(templates.containsKey(feature) ? feature : "other");
    return template
        .replaceFirst("\\s*: \\{value}", "")
        .replace("{change}", template("change.label"))
        .replace("{against}", template("against.label"))
        .replace("{name}", feature.replace(ATTRIBUTE, ""));
  }

  private String value(ReasonRecord reason) {
    if (reason.value() != null) {
      return number(reason.value());
    }
    if (reason.category() == null) {
      return template("value.unknown");
    }
    String known = reason.feature() + "." + reason.category();
    return templates.containsKey(known) ? template(known) : reason.category();
  }

  /**
   * Returns a percentage as a change, or as a difference from something that follows in the
   * sentence.
   */
  private String difference(String kind, @Nullable Double percent) {
    if (percent == null) {
      return template(kind + ".unknown");
    }
    double rounded = Math.rint(percent);
    String direction = rounded > 0 ? ".more" : rounded < 0 ? ".less" : ".same";
    return template(kind + direction).replace("{percent}", number(Math.abs(rounded)));
  }

  /** Formats a number with one decimal below ten and none above. */
  private String number(double value) {
    String pattern = Math.abs(value) < TEN_ROUNDED ? "#,##0.#" : "#,##0";
    DecimalFormat format =
        new DecimalFormat(pattern + ";−" + pattern, DecimalFormatSymbols.getInstance(locale));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }

  private String template(String key) {
    return templates.getString(key);
  }
}
