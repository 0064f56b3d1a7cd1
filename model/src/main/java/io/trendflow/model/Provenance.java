package io.trendflow.model;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Provenance of a model: code, recipe, data and backtest.
 *
 * @param codeVersion version of the code that trained it
 * @param recipeId hash of everything that the fit depended on except the data
 * @param parameters parameters of the recipe
 * @param asOf day at whose end the training data were known
 * @param trainingCutoffs cutoffs of the examples
 * @param examples number of examples
 * @param ingestIds ids of the ingests that were read
 * @param seed seed of the fit
 * @param metrics metrics of the recipe's backtest on these data; empty if there was none
 * @param trainedAt time of training (UTC)
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
