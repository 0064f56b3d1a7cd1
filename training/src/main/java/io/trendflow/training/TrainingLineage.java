package io.trendflow.training;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Code and data of a training run.
 *
 * @param codeVersion version of the code
 * @param ingestIds ids of the ingests that were read
 * @param settingsId hash of the settings that the features depend on besides the ingests
 * @param startedAt start of the run (UTC), stored as the time of training
 * @param findings what was found before the fit, by name; stored beside the recipe's parameters
 */
public record TrainingLineage(
    String codeVersion,
    List<String> ingestIds,
    String settingsId,
    Instant startedAt,
    Map<String, String> findings) {
  public TrainingLineage {
    ingestIds = ingestIds.stream().sorted().toList();
    findings = Map.copyOf(findings);
  }

  /** Creates the lineage of a run that has found nothing yet. */
  public TrainingLineage(
      String codeVersion, List<String> ingestIds, String settingsId, Instant startedAt) {
    this(codeVersion, ingestIds, settingsId, startedAt, Map.of());
  }

  /** Returns this lineage with the given findings. */
  public TrainingLineage with(Map<String, String> found) {
    return new TrainingLineage(codeVersion, ingestIds, settingsId, startedAt, found);
  }

  /** Returns the recipe's parameters and the findings by name. */
  public Map<String, String> parameters(Recipe recipe) {
    Map<String, String> parameters = new TreeMap<>(findings);
    parameters.putAll(recipe.parameters());
    return parameters;
  }
}
