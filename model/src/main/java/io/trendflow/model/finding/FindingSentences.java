package io.trendflow.model.finding;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sentences about findings in one language, from {@code findings_<language>.properties}. */
public final class FindingSentences {
  private static final double TWO_DECIMALS_BELOW = 9.95;

  private final Locale locale;
  private final UnaryOperator<String> inputName;
  private final ResourceBundle texts;

  /**
   * Loads the sentences of a language.
   *
   * @param locale English or French
   * @param inputName returns the name of a model's input for people
   */
  public FindingSentences(Locale locale, UnaryOperator<String> inputName) {
    this.locale = locale;
    this.inputName = inputName;
    this.texts =
        ResourceBundle.getBundle(
            "findings",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** Returns the sentence; one with the names of the figure if this version does not know it. */
  public String sentence(FindingFigure found) {
    String key = found.area() + "." + found.metric();
    String names = found.arguments().stream().map(inputName).collect(Collectors.joining(", "));
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

  private String subject(FindingFigure found) {
    return found.area().equals("inputs") && !found.subject().equals("all")
        ? inputName.apply(found.subject())
        : found.subject();
  }

  private String percent(@Nullable Double value) {
    return value == null ? "–" : number(value * 100) + "\u00a0%";
  }

  private String number(@Nullable Double value) {
    if (value == null) {
      return "–";
    }
    String pattern = Math.abs(value) < TWO_DECIMALS_BELOW ? "#,##0.##" : "#,##0";
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale)).format(value);
  }
}
