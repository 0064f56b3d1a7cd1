package io.trendflow.training;

import java.time.Instant;
import java.util.List;

/**
 * What code and data a training run works with.
 *
 * @param codeVersion version of the code
 * @param ingestIds the ingests that were read
 * @param settingsId hash of what the features depend on besides the ingests
 * @param startedAt when the run started (UTC); written as the time of training
 */
public record TrainingLineage(
    String codeVersion, List<String> ingestIds, String settingsId, Instant startedAt) {
  public TrainingLineage {
    ingestIds = ingestIds.stream().sorted().toList();
  }
}
