package io.trendflow.training;

import java.time.Instant;
import java.util.List;

/**
 * What code and data a training run works with.
 *
 * @param codeVersion version of the code
 * @param ingestIds the ingests that were read
 * @param reviewId hash of what people decided on the keywords of products; empty without
 * @param startedAt when the run started (UTC); written as the time of training
 */
public record Lineage(
    String codeVersion, List<String> ingestIds, String reviewId, Instant startedAt) {
  public Lineage {
    ingestIds = ingestIds.stream().sorted().toList();
  }
}
