package io.trendflow.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingHintTest {
  private static final List<String> NAMES =
      List.of("train.trees", "train.target", "score", "serve");

  @ParameterizedTest
  @CsvSource({
    "train.tress, train.trees",
    "train.targets, train.target",
    "scor, score",
    "srve, serve",
    "score, score"
  })
  void theClosestNameIsMeant(String misspelt, String meant) {
    assertThat(SpellingHint.closest(misspelt, NAMES)).hasValue(meant);
  }

  /** Allowed are one difference and one more for every four characters. */
  @ParameterizedTest
  @CsvSource({"sc, ''", "sco, ''", "scxxe, score", "sxxxe, ''", "keywords, ''"})
  void aNameWithTooLittleInCommonIsNotMeant(String misspelt, String meant) {
    assertThat(SpellingHint.closest(misspelt, NAMES).orElse("")).isEqualTo(meant);
  }

  @Test
  void withoutNamesNothingIsMeant() {
    assertThat(SpellingHint.closest("score", List.of())).isEmpty();
  }
}
