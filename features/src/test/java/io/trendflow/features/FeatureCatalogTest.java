package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/feature-catalog.md}, which is generated, with the list of features; see
 * CONTRIBUTING.md.
 */
class FeatureCatalogTest {
  private static final Path CATALOG = Path.of("..", "docs", "feature-catalog.md");
  private static final FeatureSettings SETTINGS =
      new FeatureSettings(
          28, Map.of("all", List.of()), Map.of(), List.of("<name>"), Map.of(), 1, List.of());

  @Test
  void theCatalogListsEveryFeature() throws IOException {
    String expected = catalog(FeatureRows.specs(SETTINGS, Set.of(OptionalInput.values())));
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      Files.writeString(CATALOG, expected);
    }
    assertThat(CATALOG).as("run `make docs` after changing a feature").hasContent(expected);
  }

  @Test
  void theFeaturesOfTheDayAreFeatures() {
    assertThat(FeatureRows.specs(SETTINGS, Set.of()))
        .extracting(FeatureSpec::name)
        .containsAll(FeatureRows.OF_THE_DAY);
  }

  @Test
  void everyNameIsUnique() {
    assertThat(FeatureRows.specs(SETTINGS, Set.of(OptionalInput.values())))
        .extracting(FeatureSpec::name)
        .doesNotHaveDuplicates();
  }

  private static String catalog(List<FeatureSpec> specs) {
    StringBuilder text =
        new StringBuilder(
            """
            # Feature catalogue

            Generated from the code by `make docs`. Every feature is computed as known at the end of the cutoff day.
            Windows end at the latest day of sales known by then; a row counts only if its whole period is inside.
            An unknown value is missing, never zero. A log ratio of counts adds one to both.

            The family groups the features in the reasons for a forecast. A trend counts as social instead of searches
            if the series that moves it most is from a social network, as visits if it is from the shop itself, and a feature
            of launches as product once the product is established.

            | feature | kind | unit | family | meaning |
            |---|---|---|---|---|
            """);
    for (FeatureSpec spec : specs) {
      text.append("| `").append(spec.name()).append("` | ");
      text.append(spec.kind() == FeatureSpec.Kind.NUMERIC ? "number" : "category").append(" | ");
      text.append(spec.unit()).append(" | ").append(spec.family().label()).append(" | ");
      text.append(spec.description()).append(" |\n");
    }
    return text.toString();
  }
}
