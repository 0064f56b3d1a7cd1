package io.trendflow.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaxAgeTest {
  private final Run run = Samples.run("r1", 1);
  private final MaxAge maxAge =
      new MaxAge(3, Map.of("shop_orders", 4, "google_trends", 7, "tiktok", 99));

  @Test
  void nothingIsSaidWithinTheDaysAllowed() {
    assertThat(new MaxAge(3, null).exceeded(run, Samples.AS_OF.plusDays(3))).isEmpty();
  }

  @Test
  void eachAgeIsSaid() {
    assertThat(maxAge.exceeded(run, Samples.AS_OF.plusDays(5)))
        .containsExactly(
            "The latest run is of 2011-08-31, 5 days ago; the maximum is 3 days.",
            "Source shop_orders is complete up to 2011-08-31, 5 days ago; the maximum is 4 days.",
            "Source google_trends is complete up to 2011-08-28, 8 days ago; the maximum is 7 days.",
            "Source tiktok has no complete day yet.");
  }
}
