package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocaleFormatTest {
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
    assertThat(LocaleFormat.ENGLISH.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1240.4,GBP,'+£1,240'",
    "-31,EUR,−€31",
    "0.2,USD,$0",
    "-0.2,USD,$0",
    "12,CHF,+12\u00a0CHF",
    "7,,+7",
  })
  void money(double value, String currency, String text) {
    assertThat(LocaleFormat.ENGLISH.signedMoney(value, currency)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({".454,+45 %", "-1,−100 %", "0,0 %", ".004,0 %"})
  void percent(double share, String text) {
    assertThat(LocaleFormat.ENGLISH.signedPercent(share)).isEqualTo(text);
  }

  @Test
  void french() {
    LocaleFormat french = LocaleFormat.FRENCH;
    assertThat(french.number(1240.4)).isEqualTo("1\u202f240");
    assertThat(french.number(4.25)).isEqualTo("4,3");
    assertThat(french.signedMoney(-31, "EUR")).isEqualTo("−31\u00a0€");
    assertThat(french.price(4.5, "GBP")).isEqualTo("4,50\u00a0£");
    assertThat(french.day(LocalDate.of(2011, 8, 31))).isEqualTo("31 août 2011");
  }

  @Test
  void measuresAndShares() {
    assertThat(LocaleFormat.ENGLISH.measure(-.00687)).isEqualTo("−0.007");
    assertThat(LocaleFormat.ENGLISH.measure(.0004)).isEqualTo("0.000");
    assertThat(LocaleFormat.ENGLISH.measure(63.84)).isEqualTo("63.8");
    assertThat(LocaleFormat.ENGLISH.percent(.0147)).isEqualTo("1.5 %");
  }
}
