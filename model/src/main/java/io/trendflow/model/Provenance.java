package io.trendflow.model;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model came from.
 *
 * @param codeVersion version of the code that trained it
 * @param recipeId hash of everything that the fit depended on but the data
 * @param parameters the recipe
 * @param asOf trained on what was known at the end of this day
 * @param trainingCutoffs cutoffs of the examples
 * @param examples number of examples
 * @param ingestIds the ingests that were read
 * @param metrics of the recipe's backtest on these data; empty if there was none
 * @param trainedAt when (UTC)
 */
public record Provenance(
    String codeVersion,
    String recipeId,
    Map<String, String> parameters,
    LocalDate asOf,
    List<LocalDate> trainingCutoffs,
    long examples,
    List<String> ingestIds,
    long seed,
    List<MetricValue> metrics,
    Instant trainedAt)
    implements Serializable {

  public Provenance {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    trainingCutoffs = List.copyOf(trainingCutoffs);
    ingestIds = List.copyOf(ingestIds);
    metrics = List.copyOf(metrics);
  }
}
