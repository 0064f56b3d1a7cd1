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
            "The run is as of 2011-08-31, 5 days ago; 3 are allowed.",
            "Source shop_orders reaches to 2011-08-31, 5 days ago; 4 are allowed.",
            "Source google_trends reaches to 2011-08-28, 8 days ago; 7 are allowed.",
            "Source tiktok has no complete day.");
  }
}
