package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.config.JobConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSetupTest {
  private static final Path LAUNCHES = Path.of("../examples/visuelle.yaml");

  /**
   * A launch has no sales in its features, so that a fit can learn from a shop's first launches.
   */
  @Test
  void onlyFeaturesOfSalesNeedTwelveWeeksOfThem() {
    assertThat(historyDays("score.lifecycles=[launch]")).isEqualTo(42);
    assertThat(historyDays("score.lifecycles=[launch, delayed]")).isEqualTo(42);
    assertThat(historyDays("score.lifecycles=[launch, new]")).isEqualTo(84);
  }

  private static int historyDays(String lifecycles) {
    JobConfig config = JobConfig.load(LAUNCHES, Map.of(), List.of(lifecycles));
    return TrainingSetup.historyDays(config.recipe());
  }
}
