package io.trendflow.training;

import java.time.Instant;
import java.util.List;

/**
 * Code and data of a training run.
 *
 * @param codeVersion version of the code
 * @param ingestIds ids of the ingests that were read
 * @param settingsId hash of the settings that the features depend on besides the ingests
 * @param startedAt start of the run (UTC), stored as the time of training
 */
public record TrainingLineage(
    String codeVersion, List<String> ingestIds, String settingsId, Instant startedAt) {
  public TrainingLineage {
    ingestIds = ingestIds.stream().sorted().toList();
  }
}
