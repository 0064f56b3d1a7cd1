package io.trendflow.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HorizonWeeksTest {
  @Test
  void theLastWeekHasTheDaysThatAreLeft() {
    List<String> ranges = new ArrayList<>();
    double[] days =
        new HorizonWeeks(17)
            .sums(
                100,
                (from, to) -> {
                  ranges.add(from + "-" + to);
                  return to - from + 1;
                });
    assertThat(ranges).containsExactly("100-106", "107-113", "114-116");
    assertThat(days).containsExactly(7, 7, 3);
    assertThat(new HorizonWeeks(17).evenShares()).containsExactly(7 / 17.0, 7 / 17.0, 3 / 17.0);
  }

  @Test
  void wholeWeeksAreEven() {
    assertThat(new HorizonWeeks(28).evenShares()).containsExactly(0.25, 0.25, 0.25, 0.25);
    assertThat(new HorizonWeeks(5).count()).isEqualTo(1);
  }
}
