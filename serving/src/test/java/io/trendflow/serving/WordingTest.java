package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "4.25,4.3",
    "4,4",
    "9.94,9.9",
    "9.96,10",
    "1240.4,'1,240'",
    "-3.21,−3.2",
    "-.01,0"
  })
  void numbers(double value, String text) {
    assertThat(Wording.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1240.4,GBP,'+£1,240'",
    "-31,EUR,−€31",
    "0.2,USD,$0",
    "-0.2,USD,$0",
    "12,CHF,+12 CHF",
    "7,,+7",
  })
  void money(double value, String currency, String text) {
    assertThat(Wording.signedMoney(value, currency)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({".454,+45 %", "-1,−100 %", "0,0 %", ".004,0 %"})
  void percent(double share, String text) {
    assertThat(Wording.signedPercent(share)).isEqualTo(text);
  }
}
