package io.trendflow.serving.api;

import io.trendflow.serving.snapshot.FindingRecord;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sentences about findings in one language, from {@code findings_<language>.properties}. */
final class FindingTexts {
  private static final FindingTexts ENGLISH = new FindingTexts(ReasonTexts.ENGLISH);
  private static final FindingTexts FRENCH = new FindingTexts(ReasonTexts.FRENCH);

  private final ReasonTexts language;
  private final ResourceBundle texts;

  private FindingTexts(ReasonTexts language) {
    this.language = language;
    this.texts = language.bundle("findings");
  }

  static FindingTexts of(ReasonTexts language) {
    return language == ReasonTexts.FRENCH ? FRENCH : ENGLISH;
  }

  /** Returns the sentence; one with the names of the figure if this version does not know it. */
  String sentence(FindingRecord found) {
    String key = found.area() + "." + found.metric();
    String names =
        found.arguments().stream().map(language::label).collect(Collectors.joining(", "));
    String template = texts.getString(texts.containsKey(key) ? key : "unknown");
    boolean named = !names.isEmpty() && texts.containsKey(key + ".names");
    return (named ? texts.getString(key + ".names") : template)
        .replace("{subject}", subject(found))
        .replace("{metric}", found.metric())
        .replace("{value}", number(found.value()))
        .replace("{percent}", percent(found.value()))
        .replace("{reference}", number(found.reference()))
        .replace("{usual percent}", percent(found.reference()))
        .replace("{names}", names);
  }

  private String subject(FindingRecord found) {
    return found.area().equals("inputs") && !found.subject().equals("all")
        ? language.label(found.subject())
        : found.subject();
  }

  private String percent(@Nullable Double value) {
    return value == null ? "–" : number(value * 100) + "\u00a0%";
  }

  private String number(@Nullable Double value) {
    if (value == null) {
      return "–";
    }
    Locale locale = language == ReasonTexts.FRENCH ? Locale.FRANCE : Locale.UK;
    String pattern = Math.abs(value) < 9.95 ? "#,##0.##" : "#,##0";
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale)).format(value);
  }
}
