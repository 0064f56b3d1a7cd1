package io.trendflow.serving.snapshot;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.model.ModelFile;
import io.trendflow.model.TrendModel;
import io.trendflow.serving.store.ModelEventRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model, with its backtest.
 *
 * @param event the last thing that happened to it: backtested, trained, promoted, rejected, retired
 * @param reason why, in a sentence
 * @param asOf trained on what was known at the end of this day
 * @param served whether the run's scores are its
 * @param metrics of the model and of each baseline
 * @param importances of the served model's features, the largest first; else empty
 */
@Serdeable
public record Model(
    String modelId,
    String recipeId,
    String event,
    Instant changedAt,
    String reason,
    LocalDate asOf,
    long horizonDays,
    boolean served,
    List<ModelEventRecord.Parameter> parameters,
    List<ModelEventRecord.Metric> metrics,
    List<Importance> importances) {

  /**
   * How much a feature matters to the model.
   *
   * @param share of what all splits explain of the variance of the training predictions; all shares
   *     add up to 1
   */
  @Serdeable
  public record Importance(String feature, double share) {}

  /**
   * Those of the features of a model file, the largest first.
   *
   * @throws UnreadableException when it is none
   */
  static List<Importance> importances(byte[] file) throws UnreadableException {
    try {
      TrendModel model = ModelFile.read(new ByteArrayInputStream(file));
      double[] shares = model.importances();
      return IntStream.range(0, shares.length)
          .mapToObj(i -> new Importance(model.features().get(i).name(), shares[i]))
          .sorted(Comparator.comparingDouble(Importance::share).reversed())
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableException(Objects.toString(e.getMessage()), e);
    }
  }

  /** One for each model id, the latest changed first. */
  static List<Model> of(List<ModelEventRecord> events, Run run, List<Importance> importances) {
    Map<String, ModelEventRecord> latest =
        events.stream()
            .sorted(Comparator.comparing(ModelEventRecord::changedAt))
            .collect(
                Collectors.toMap(
                    ModelEventRecord::modelId, e -> e, (a, b) -> b, LinkedHashMap::new));
    return latest.values().stream()
        .sorted(Comparator.comparing(ModelEventRecord::changedAt).reversed())
        .map(event -> of(event, Objects.equals(event.modelId(), run.modelId()), importances))
        .toList();
  }

  private static Model of(ModelEventRecord event, boolean served, List<Importance> importances) {
    return new Model(
        event.modelId(),
        event.recipeId(),
        event.event(),
        event.changedAt(),
        event.reason(),
        event.asOf(),
        event.horizonDays(),
        served,
        event.parameters(),
        event.metrics(),
        served ? importances : List.of());
  }
}
