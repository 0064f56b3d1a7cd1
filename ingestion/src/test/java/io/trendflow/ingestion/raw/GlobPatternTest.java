package io.trendflow.ingestion.raw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "orders/*.csv orders/a.csv true",
        "orders/*.csv orders/b/a.csv false",
        "orders/*.csv orders/a.csv.gz false",
        "orders/** orders/b/a.csv true",
        "**/*.csv a.csv true",
        "**/*.csv b/c/a.csv true",
        "trends/**/x?.csv trends/pulled_at=2024-01-02T00:00:00Z/x1.csv true",
        "trends/**/x?.csv trends/x12.csv false",
        "a.{csv,tsv} a.tsv true",
        "a.{csv,tsv} a.txt false",
        "a+(b).csv a+(b).csv true",
        "a.csv abcsv false"
      })
  void matchesPaths(String glob, String path, boolean matches) {
    assertThat(new GlobPattern(glob).matches(path)).isEqualTo(matches);
  }
}
