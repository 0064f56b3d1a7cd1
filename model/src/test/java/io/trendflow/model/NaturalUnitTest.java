package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NaturalUnitTest {
  @ParameterizedTest
  @CsvSource({
    "log(1 + units),units,3.5835,35",
    "log(1 + units),units,0,0",
    "log(currency),currency,2.3026,10",
    "log ratio,%,0.6931,100",
    "log ratio,%,-0.6931,-50",
    "days,days,12,12",
    ",,1.5,1.5"
  })
  void undoesTheLogarithm(
      @Nullable String modelUnit, @Nullable String name, double x, double value) {
    NaturalUnit unit = NaturalUnit.of(modelUnit);
    assertThat(unit.name()).isEqualTo(name);
    assertThat(unit.value(x)).isCloseTo(value, within(0.01));
  }
}
