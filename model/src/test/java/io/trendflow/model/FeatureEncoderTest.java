package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.schemas.FeatureFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {
  private final FeatureEncoder encoder =
      new FeatureEncoder(
          List.of(
              InputFeature.numeric("price", FeatureFamily.PRICE, "log(currency)"),
              InputFeature.categorical("brand", FeatureFamily.PRODUCT, List.of("x", "y"))),
          FeatureEncoder.MISSING);

  @Test
  void missingNumbersAreTheSentinelAndUnknownCategoriesOther() {
    assertThat(encoder.encode(0, null)).isEqualTo(-1e9);
    assertThat(encoder.encode(0, Double.NaN)).isEqualTo(-1e9);
    assertThat(encoder.encode(0, 3.5)).isEqualTo(3.5);
    assertThat(encoder.encode(1, "y")).isEqualTo(1);
    assertThat(encoder.encode(1, "unseen")).isEqualTo(2);
    assertThat(encoder.encode(1, null)).isEqualTo(2);
  }

  @Test
  void noNumberMeetsTheSentinel() {
    assertThat(encoder.encode(0, -1e12)).isEqualTo(-5e8);
    assertThat(encoder.encode(0, Double.NEGATIVE_INFINITY)).isEqualTo(-5e8);
    assertThat(encoder.encode(0, Double.POSITIVE_INFINITY)).isEqualTo(5e8);
  }

  @Test
  void aValueOfTheWrongTypeIsRefused() {
    assertThatThrownBy(() -> encoder.encode(0, "cheap"))
        .hasMessageContaining("feature price is NUMERIC in the model, but the rows have String");
  }
}
