package io.trendflow.ingestion.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.config.ColumnConfig;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          2             | 2
          -2            | -2
          +2            | 2
          \u22122       | -2
          2-            | -2
          (2)           | -2
          '-2           | -2
          $1,200.50     | 1200.50
          -$12.00       | -12.00
          $-12.00       | -12.00
          ($12.00)      | -12.00
          $(12.00)      | -12.00
          12.00- $      | -12.00
          1,23,456.00   | 123456.00
          """)
  void aNumberIsUnderstoodWithItsSign(String text, BigDecimal number) {
    assertThat(NumberText.decimal(column("$"), text)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "()", "--2", "(-2)", "2--", "€12", "$$2", "1 dozen", "3x2", "12,34", "2 2"
      })
  void everythingElseIsNotANumber(String text) {
    assertThatThrownBy(() -> NumberText.decimal(column("$"), text))
        .isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "-1.5", "1,234", "1..2", "12.", "-", "-.5", ".5", "1-", "1 2"})
  void blanksAroundANumberChangeNothing(String text) {
    assertThat(NumberText.digits(text, null)).isEqualTo(NumberText.digits(" " + text + " ", null));
  }

  @ParameterizedTest
  @CsvSource({"-$12.00, $", "12 €, €", "GBP 39.90, GBP", "(29.00 kr), kr", "₹1, ₹", "US$ 5, US$"})
  void aCurrencyIsFound(String text, String symbol) {
    assertThat(NumberText.symbol(text)).contains(symbol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "2 pcs", "1 dozen", "9.90 EUR/pc", "A12", "3x2"})
  void otherWordsAreNotACurrency(String text) {
    assertThat(NumberText.symbol(text)).isEmpty();
  }

  private static ColumnConfig column(String symbol) {
    return new ColumnConfig(List.of("any"), null, null, null, ".", ",", symbol, null, null, null);
  }
}
