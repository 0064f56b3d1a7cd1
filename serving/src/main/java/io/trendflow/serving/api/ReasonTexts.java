package io.trendflow.serving.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.trendflow.history.Lifecycle;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.serving.store.ReasonRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Phrases the reasons for a score in one language. The templates are in {@code
 * reasons_<language>.properties}, one for each feature of the feature catalogue and each side of a
 * family.
 */
public final class ReasonTexts {
  public static final ReasonTexts ENGLISH = new ReasonTexts(Locale.UK);
  public static final ReasonTexts FRENCH = new ReasonTexts(Locale.FRANCE);

  private static final String ATTRIBUTE = "attribute_";
  private static final double TEN_ROUNDED = 9.95;

  /** Inputs that are 0 for most products. */
  private static final Set<String> NONE_IS_USUAL =
      Set.of("promo_days_ahead", "promo_depth_ahead", "days_out_28");

  /** Name of an input that counts the units of the last days, or of the days from the first on. */
  private static final Pattern WINDOW = Pattern.compile("units_(\\d+)(?:_(\\d+))?");

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
    return score.reasons().stream().map(reason -> sentence(score, reason)).toList();
  }

  /**
   * Returns what the reason's family says, the family's effect, and the reason as its evidence:
   * {@code Searches are up (+12 % units): search interest up 38 % in 4 weeks}. A reason of a run
   * before families has the fact and its own effect only.
   */
  public String sentence(ScoreRecord score, ReasonRecord reason) {
    String template = template(reason.family() == null ? "sentence.alone" : "sentence");
    return template
        .replace("{effect}", effect(score, reason))
        .replace("{headline}", headline(score, reason))
        .replace("{fact}", fact(score, reason));
  }

  /** Returns the effect of the reason's family on the units: {@code +12 %}. */
  public String effect(ScoreRecord score, ReasonRecord reason) {
    double effect =
        score.families().stream()
            .filter(sum -> sum.family().equals(reason.family()))
            .mapToDouble(ScoreRecord.Family::effect)
            .findFirst()
            .orElse(reason.effect());
    double rounded = Math.rint(effect);
    return (rounded > 0 ? "+" : "") + number(rounded) + " %";
  }

  /**
   * Returns what a reason says about its family in a few words, such as {@code Sells faster than
   * usual}: by the side to which it pushes the forecast, and by whether its value is above or below
   * the usual. Empty for a reason of a run before families.
   */
  public String headline(ScoreRecord score, ReasonRecord reason) {
    if (reason.family() == null) {
      return "";
    }
    String group = optional("group." + reason.feature(), reason.family());
    String side = "head." + group + (reason.contribution() < 0 ? ".down" : ".up");
    double against = againstUsual(score, reason);
    String known = side + (against > 0 ? ".more" : against < 0 ? ".less" : "");
    return optional(known, optional(side, family(reason.family())));
  }

  /** Returns the name of a family, such as {@code Recent sales}. */
  public String family(String family) {
    return optional("family." + family, family);
  }

  /** Returns the fact alone: {@code search interest up 38 % in 4 weeks}. */
  public String fact(ScoreRecord score, ReasonRecord reason) {
    String feature = reason.feature();
    boolean past = reason.value() != null && reason.value() < 0;
    String template = optional(feature, template("other"));
    return (past ? optional(feature + ".past", template) : template)
            .replace("{interest}", template(interest(reason)))
            .replace("{change}", difference("change", reason.value()))
            .replace("{against}", difference("against", reason.value()))
            .replace("{value}", value(score, reason))
            .replace("{usual}", usual(score, reason))
            .replace("{name}", feature.replace(ATTRIBUTE, ""))
        + keyword(reason);
  }

  private static String interest(ReasonRecord reason) {
    return "interest."
        + Optional.ofNullable(reason.family())
            .flatMap(FeatureFamily::of)
            .filter(FeatureFamily::isTrend)
            .orElse(FeatureFamily.SEARCHES)
            .label();
  }

  private String keyword(ReasonRecord reason) {
    return reason.source() == null || reason.keyword() == null
        ? ""
        : template("keyword")
            .replace("{source}", sourceName(reason.source()))
            .replace("{keyword}", reason.keyword());
  }

  /** Returns the name of a source for people: {@code Google Trends} for google_trends. */
  public static String sourceName(String source) {
    return Arrays.stream(source.split("[_-]+", -1))
        .filter(word -> !word.isEmpty())
        .map(
            word ->
                word.equalsIgnoreCase("tiktok")
                    ? "TikTok"
                    : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining(" "));
  }

  /** Returns how many units are usual in the days of the reason; empty if that is not known. */
  private String usual(ScoreRecord score, ReasonRecord reason) {
    OptionalDouble usual = usualUnits(score, reason.feature());
    return usual.isEmpty() ? "" : template("usual").replace("{usual}", number(usual.getAsDouble()));
  }

  /**
   * Returns the baseline in the days of an input that counts units. A product that is not
   * established was on sale on some of the days only.
   */
  private static OptionalDouble usualUnits(ScoreRecord score, String feature) {
    Matcher window = WINDOW.matcher(feature);
    if (!window.matches() || !score.lifecycle().equals(Lifecycle.ESTABLISHED.label())) {
      return OptionalDouble.empty();
    }
    int last = Integer.parseInt(window.group(window.group(2) == null ? 1 : 2));
    int first = window.group(2) == null ? 1 : Integer.parseInt(window.group(1));
    return OptionalDouble.of(score.baselineUnits() * (last - first + 1) / score.horizonDays());
  }

  /** Returns whether the value is above (1) or below (-1) the usual; 0 if neither is known. */
  private double againstUsual(ScoreRecord score, ReasonRecord reason) {
    Double value = reason.value();
    if (value == null) {
      return 0;
    }
    if ("%".equals(reason.unit())) {
      return Math.signum(Math.rint(value));
    }
    if (NONE_IS_USUAL.contains(reason.feature())) {
      return Math.signum(value);
    }
    OptionalDouble usual = usualUnits(score, reason.feature());
    return usual.isEmpty() || number(value).equals(number(usual.getAsDouble()))
        ? 0
        : Math.signum(value - usual.getAsDouble());
  }

  /**
   * Returns the name of a feature, without a value: {@code search interest (change) in 4 weeks}.
   */
  public String label(String feature) {
    return optional(feature, template("other"))
        .replaceFirst("\\s*: \\{value}", "")
        .replace("{value} ", "")
        .replace("{usual}", "")
        .replace("{interest}", template("interest.searches"))
        .replace("{change}", template("change.label"))
        .replace("{against}", template("against.label"))
        .replace("{name}", feature.replace(ATTRIBUTE, ""));
  }

  private String value(ScoreRecord score, ReasonRecord reason) {
    if (reason.feature().equals("season_day")) {
      return day(score.horizonStart());
    }
    if (reason.value() != null) {
      boolean past = templates.containsKey(reason.feature() + ".past");
      return number(past ? Math.abs(reason.value()) : reason.value());
    }
    if (reason.category() == null) {
      return template("value.unknown");
    }
    String known = reason.feature() + "." + reason.category();
    return templates.containsKey(known) ? template(known) : reason.category();
  }

  private String day(LocalDate date) {
    boolean ordinal = locale.equals(Locale.FRANCE) && date.getDayOfMonth() == 1;
    return DateTimeFormatter.ofPattern(ordinal ? "d'er' MMMM" : "d MMMM", locale).format(date);
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

  private String optional(String key, String otherwise) {
    return templates.containsKey(key) ? templates.getString(key) : otherwise;
  }
}
