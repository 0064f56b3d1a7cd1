package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.history.Lifecycle;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.ReasonRecord;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTextsTest {
  private static final Path CATALOG = Path.of("..", "docs", "feature-catalog.md");
  private static final ScoreRecord SCORE = score();
  private static final Path TEMPLATES = Path.of("src", "main", "resources");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trend_slope_4     |  38.4  |      | search interest up 38 % in 4 weeks
          trend_slope_4     | -12    |      | search interest down 12 % in 4 weeks
          trend_slope_4     |   0.4  |      | search interest unchanged in 4 weeks
          trend_slope_4     |        |      | search interest (change not known) in 4 weeks
          price_vs_category |  12    |      | price 12 % above the median of the category
          price_vs_category |   0    |      | price about the same as the median of the category
          units_28          | 1234.4 |      | 1,234 units sold in the last 28 days, 48 usual
          units_7           | 34     |      | 34 units sold in the last 7 days, 12 usual
          units_57_84       | 50     |      | 50 units sold 57 to 84 days ago, 48 usual
          orders_7          | 3      |      | 3 orders in the last 7 days
          units_per_order_84 | 2.25  |      | units per order in the last 84 days: 2.3
          days_to_launch    | 3      |      | days to launch: 3
          days_to_launch    | -206   |      | launched 206 days ago
          season_day        | 182    |      | start of the forecast period: 1 July
          lifecycle         |        | new  | lifecycle stage: new
          brand             |        | Acme | brand: Acme
          brand             |        |      | brand: not known
          attribute_colour  |        | red  | colour: red
          not_known_yet     |  7     |      | not_known_yet: 7
          """)
  void english(String feature, @Nullable Double value, @Nullable String category, String fact) {
    assertThat(ReasonTexts.ENGLISH.fact(SCORE, reason(feature, value, category, 12)))
        .isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trend_slope_4     |  38.4  |      | intérêt de recherche en hausse de 38 % en 4 semaines
          trend_slope_4     | -12    |      | intérêt de recherche en baisse de 12 % en 4 semaines
          trend_slope_4     |        |      | intérêt de recherche (évolution inconnue) en 4 semaines
          price_vs_category | -12    |      | prix inférieur de 12 % à la médiane de la catégorie
          units_28          | 1234.4 |      | 1\u202f234 unités vendues au cours des 28 derniers jours, 48 d’habitude
          days_to_launch    | -206   |      | lancé il y a 206 jours
          season_day        | 182    |      | début de la période prévue : 1er juillet
          units_per_order_84 | 2.25  |      | unités par commande au cours des 84 derniers jours : 2,3
          lifecycle         |        | new  | phase du cycle de vie : nouveau
          attribute_colour  |        | red  | colour : red
          """)
  void french(String feature, @Nullable Double value, @Nullable String category, String fact) {
    assertThat(ReasonTexts.FRENCH.fact(SCORE, reason(feature, value, category, 12)))
        .isEqualTo(fact);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          recent_sales | units_7         | 34  | .2  | Sells faster than usual (+18 % units): 34 units sold in the last 7 days, 12 usual
          recent_sales | units_7         | 5   | -.2 | Sells slower than usual (−18 % units): 5 units sold in the last 7 days, 12 usual
          recent_sales | units_7         | 5   | .2  | Quiet lately, likely to recover (+18 % units): 5 units sold in the last 7 days, 12 usual
          recent_sales | units_28        | 60  | -.2 | Busy lately, likely to settle (−18 % units): 60 units sold in the last 28 days, 48 usual
          recent_sales | orders_28       | 9   | .2  | Recent sales look strong (+18 % units): 9 orders in the last 28 days
          history      | year_ago_growth | 38  | .2  | Sells more at this time of year (+18 % units): sales up 38 % in the forecast period last year, compared with the weeks before
          history      | season_day      | 182 | -.2 | The time of year does not help (−18 % units): start of the forecast period: 1 July
          history      | units_364       | 900 | .2  | Sold more over the longer run (+18 % units): 900 units sold in the last 364 days, 624 usual
          searches     | trend_slope_4   | 38  | .2  | Searches are up (+18 % units): search interest up 38 % in 4 weeks (Google Trends: tractor planter)
          social       | trend_slope_4   | -38 | -.2 | Social interest is down (−18 % units): social interest down 38 % in 4 weeks (Google Trends: tractor planter)
          visits       | trend_slope_4   | 38  | .2  | Visits are up (+18 % units): interest in its page up 38 % in 4 weeks (Google Trends: tractor planter)
          price        | price_vs_category | -20 | .2 | The low price helps (+18 % units): price 20 % below the median of the category
          product      | category_momentum | 12 | .2 | Its category or market sells more (+18 % units): sales of the category up 12 % in the last 28 days, compared with the 84-day average
          launches     | comparable_launch_units | 247 | .2 | Similar launches sold well (+18 % units): average units of comparable launches in their first days: 247
          later        | not_known_yet   | 7   | .2  | later (+18 % units): not_known_yet: 7
          """)
  void aSentenceSaysWhatTheFamilyDoesAndWhy(
      String family, String feature, double value, double contribution, String sentence) {
    assertThat(sentence(ReasonTexts.ENGLISH, family, feature, value, contribution))
        .isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          recent_sales | units_7         | 34  | .2  | Se vend plus vite que d’habitude (+18 % d’unités) : 34 unités vendues au cours des 7 derniers jours, 12 d’habitude
          recent_sales | units_7         | 5   | .2  | Ventes calmes ces derniers temps, reprise probable (+18 % d’unités) : 5 unités vendues au cours des 7 derniers jours, 12 d’habitude
          searches     | trend_slope_4   | 38  | .2  | Les recherches augmentent (+18 % d’unités) : intérêt de recherche en hausse de 38 % en 4 semaines (Google Trends : tractor planter)
          social       | trend_slope_4   | -38 | -.2 | L’intérêt sur les réseaux sociaux diminue (−18 % d’unités) : intérêt sur les réseaux sociaux en baisse de 38 % en 4 semaines (Google Trends : tractor planter)
          visits       | trend_level     | -38 | -.2 | Les visites diminuent (−18 % d’unités) : intérêt pour sa fiche inférieur de 38 % à sa moyenne sur 12 mois (Google Trends : tractor planter)
          price        | price_vs_category | -20 | .2 | Le prix bas est un atout (+18 % d’unités) : prix inférieur de 20 % à la médiane de la catégorie
          """)
  void aFrenchSentenceToo(
      String family, String feature, double value, double contribution, String sentence) {
    assertThat(sentence(ReasonTexts.FRENCH, family, feature, value, contribution))
        .isEqualTo(sentence);
  }

  private static String sentence(
      ReasonTexts words, String family, String feature, double value, double contribution) {
    ScoreRecord score =
        Copies.with(
            SCORE,
            "families",
            List.of(new ScoreRecord.Family(family, contribution, 8, contribution * 89)));
    return words.sentence(score, reason(family, feature, value, contribution));
  }

  @Test
  void aReasonOfARunBeforeFamiliesIsItsFactWithItsOwnEffect() {
    ScoreRecord old = Copies.with(SCORE, "families", List.of());
    assertThat(ReasonTexts.ENGLISH.sentence(old, reason("trend_slope_4", 38.0, null, 12.4)))
        .isEqualTo("search interest up 38 % in 4 weeks (+12 % units)");
    assertThat(ReasonTexts.FRENCH.sentence(old, reason("trend_slope_4", 38.0, null, -3.6)))
        .isEqualTo("intérêt de recherche en hausse de 38 % en 4 semaines (−4 % d’unités)");
    assertThat(ReasonTexts.ENGLISH.headline(old, reason("trend_slope_4", 38.0, null, 1))).isEmpty();
  }

  /** A product that has not been on sale for all of the days has no usual number in them. */
  @Test
  void aNewProductHasNoUsualUnits() {
    ScoreRecord young = Copies.with(SCORE, "lifecycle", "new");
    assertThat(ReasonTexts.ENGLISH.fact(young, reason("units_84", 34.0, null, 1)))
        .isEqualTo("34 units sold in the last 84 days");
  }

  @ParameterizedTest
  @CsvSource({"google_trends, Google Trends", "tiktok, TikTok", "my-tiktok_fr, My TikTok Fr"})
  void aSourceIsNamedAsPeopleKnowIt(String source, String name) {
    assertThat(ReasonTexts.sourceName(source)).isEqualTo(name);
  }

  @Test
  void aLabelIsAFactWithoutItsValue() {
    assertThat(ReasonTexts.ENGLISH.label("units_28")).isEqualTo("units sold in the last 28 days");
    assertThat(ReasonTexts.ENGLISH.label("trend_slope_4"))
        .isEqualTo("search interest (change) in 4 weeks");
    assertThat(ReasonTexts.FRENCH.label("units_28"))
        .isEqualTo("unités vendues au cours des 28 derniers jours");
    assertThat(ReasonTexts.FRENCH.label("price_vs_category"))
        .isEqualTo("prix par rapport à la médiane de la catégorie");
    assertThat(ReasonTexts.ENGLISH.label("attribute_colour")).isEqualTo("colour");
  }

  /** Fails if a feature has no text or a text has no feature. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void everyFeatureIsWorded(String language) throws IOException {
    Properties templates = new Properties();
    try (var in =
        Files.newBufferedReader(TEMPLATES.resolve("reasons_" + language + ".properties"))) {
      templates.load(in);
    }
    Set<String> worded = new HashSet<>(templates.stringPropertyNames());
    worded.removeIf(
        key -> key.contains(".") || List.of("other", "sentence", "keyword", "usual").contains(key));
    List<String> features = new ArrayList<>();
    for (String[] feature : features()) {
      features.add(feature[0]);
      String template = templates.getProperty(feature[0], "");
      assertThat(template).as("text of %s in %s", feature[0], language).isNotEmpty();
      assertThat(placeholder(template)).as(feature[0] + ": " + template).isIn(allowed(feature[1]));
    }
    assertThat(worded).as("features that have a text").isSubsetOf(features);
    for (FeatureFamily family : FeatureFamily.values()) {
      assertThat(templates).containsKey("family." + family.label());
      for (String side : List.of("up", "down")) {
        String headline = "head." + family.label() + "." + side;
        assertThat(templates.containsKey(headline)).as(headline).isEqualTo(family.explains());
      }
    }
    for (String lifecycle : Lifecycle.SCORED) {
      assertThat(templates).containsKey("lifecycle." + lifecycle);
    }
  }

  /** Returns name and unit of every feature except attributes, whose text is their own name. */
  private static List<String[]> features() throws IOException {
    List<String[]> features = new ArrayList<>();
    for (String line : Files.readAllLines(CATALOG)) {
      if (line.startsWith("| `") && !line.startsWith("| `attribute_")) {
        String[] cells = line.split(" \\| ", -1);
        features.add(new String[] {cells[0].replaceAll("[|` ]", ""), cells[2]});
      }
    }
    assertThat(features).hasSizeGreaterThan(40);
    return features;
  }

  private static String placeholder(String template) {
    return template.replace("{interest}", "").replaceAll("^[^{]*|(?<=}).*$", "");
  }

  private static List<String> allowed(String unit) {
    return switch (unit) {
      case "log ratio" -> List.of("{change}", "{against}");
      case "sine", "cosine" -> List.of("");
      default -> List.of("{value}");
    };
  }

  /** Returns an established product that usually sells 48 units in 28 days. */
  private static ScoreRecord score() {
    ScoreRecord any = Samples.scores("r1", 6).get(0);
    ScoreRecord established = Copies.with(any, "lifecycle", "established");
    ScoreRecord july = Copies.with(established, "horizonStart", LocalDate.parse("2026-07-01"));
    return Copies.with(july, "baselineUnits", 48.0);
  }

  private static ReasonRecord reason(
      String feature, @Nullable Double value, @Nullable String category, double effect) {
    return new ReasonRecord(feature, null, value, category, null, null, null, 0, effect);
  }

  private static ReasonRecord reason(
      String family, String feature, double value, double contribution) {
    boolean trend = feature.startsWith("trend_");
    String unit = feature.matches(".*(growth|slope_4|momentum|_vs_.*)") ? "%" : "units";
    return new ReasonRecord(
        feature,
        family,
        value,
        null,
        unit,
        trend ? "google_trends" : null,
        trend ? "tractor planter" : null,
        contribution,
        1);
  }
}
