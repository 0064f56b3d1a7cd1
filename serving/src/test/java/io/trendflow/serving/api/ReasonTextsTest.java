package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.history.Lifecycle;
import io.trendflow.serving.store.ReasonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          units_28          | 1234.4 |      | units sold in the last 28 days: 1,234
          units_28          |        |      | units sold in the last 28 days: not known
          units_per_order_84 | 2.25  |      | units per order in the last 84 days: 2.3
          days_to_launch    | -3     |      | days to launch: −3
          lifecycle         |        | new  | lifecycle stage: new
          brand             |        | Acme | brand: Acme
          brand             |        |      | brand: not known
          attribute_colour  |        | red  | colour: red
          not_known_yet     |  7     |      | not_known_yet: 7
          """)
  void english(String feature, @Nullable Double value, @Nullable String category, String fact) {
    assertThat(ReasonTexts.ENGLISH.fact(reason(feature, value, category, 12))).isEqualTo(fact);
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
          units_28          | 1234.4 |      | unités vendues au cours des 28 derniers jours : 1\u202f234
          units_per_order_84 | 2.25  |      | unités par commande au cours des 84 derniers jours : 2,3
          lifecycle         |        | new  | phase du cycle de vie : nouveau
          attribute_colour  |        | red  | colour : red
          """)
  void french(String feature, @Nullable Double value, @Nullable String category, String fact) {
    assertThat(ReasonTexts.FRENCH.fact(reason(feature, value, category, 12))).isEqualTo(fact);
  }

  @Test
  void aSentenceSaysWhatTheFactDoes() {
    assertThat(ReasonTexts.ENGLISH.sentence(reason("trend_slope_4", 38.0, null, 12.4)))
        .isEqualTo("search interest up 38 % in 4 weeks (+12 % units)");
    assertThat(ReasonTexts.FRENCH.sentence(reason("trend_slope_4", 38.0, null, -3.6)))
        .isEqualTo("intérêt de recherche en hausse de 38 % en 4 semaines (−4 % d’unités)");
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
    worded.removeIf(key -> key.contains(".") || List.of("other", "sentence").contains(key));
    List<String> features = new ArrayList<>();
    for (String[] feature : features()) {
      features.add(feature[0]);
      String template = templates.getProperty(feature[0], "");
      assertThat(template).as("text of %s in %s", feature[0], language).isNotEmpty();
      assertThat(placeholder(template)).as(feature[0] + ": " + template).isIn(allowed(feature[1]));
    }
    assertThat(worded).as("features that have a text").isSubsetOf(features);
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
    return template.replaceAll("^[^{]*|(?<=}).*$", "");
  }

  private static List<String> allowed(String unit) {
    return switch (unit) {
      case "log ratio" -> List.of("{change}", "{against}");
      case "sine", "cosine" -> List.of("");
      default -> List.of("{value}");
    };
  }

  private static ReasonRecord reason(
      String feature, @Nullable Double value, @Nullable String category, double effect) {
    return new ReasonRecord(feature, value, category, null, 0, effect);
  }
}
