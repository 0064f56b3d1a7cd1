package io.trendflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the example configurations fit their files. */
class ConfigurationsTest {
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "shop_orders", OrderLine.COLUMNS,
          "catalogue", CatalogueRows.WITH_TERMS,
          "stock", StockReport.COLUMNS,
          "calendar", List.of(PlannedPrice.COLUMNS),
          "google_trends", TrendRows.COLUMNS,
          "tiktok", TrendRows.COLUMNS);

  @Test
  void theColumnsOfTheSyntheticShopExist() throws IOException {
    JsonNode sources = read("synthetic-retail.yaml").path("sources");
    assertThat(sources.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(COLUMNS.keySet());
    sources
        .fields()
        .forEachRemaining(
            source ->
                assertThat(COLUMNS.get(source.getKey())).containsAll(columns(source.getValue())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"synthetic-retail.yaml", "online-retail.yaml", "visuelle.yaml"})
  void aConfigurationNamesItsMarkets(String name) throws IOException {
    JsonNode config = read(name);
    assertThat(config.path("raw").path("path").asText()).isNotEmpty().doesNotStartWith("/");
    for (JsonNode market : config.path("markets")) {
      assertThat(market.path("currency").asText()).matches("[A-Z]{3}");
    }
  }

  @Test
  void visuelleIsTestedOnSixteenFridays() throws IOException {
    List<LocalDate> origins = new ArrayList<>();
    read("visuelle.yaml")
        .path("train")
        .path("origins")
        .forEach(o -> origins.add(LocalDate.parse(o.asText())));
    LocalDate first = LocalDate.of(2018, 10, 5);
    assertThat(origins)
        .isEqualTo(first.datesUntil(LocalDate.of(2019, 1, 19), Period.ofWeeks(1)).toList())
        .hasSize(16)
        .allMatch(day -> day.getDayOfWeek() == DayOfWeek.FRIDAY);
  }

  private static List<String> columns(JsonNode source) {
    List<String> columns = new ArrayList<>();
    source
        .path("columns")
        .forEach(c -> columns.add(c.isObject() ? c.path("column").asText() : c.asText()));
    source.path("filters").forEach(filter -> columns.add(filter.path("column").asText()));
    source.path("keywords").forEach(column -> columns.add(column.asText()));
    source.path("attributes").forEach(column -> columns.add(column.asText()));
    return columns;
  }

  private static JsonNode read(String name) throws IOException {
    return YAMLMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build()
        .readTree(Path.of(name).toFile());
  }
}
