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
import org.jspecify.annotations.Nullable;

/**
 * A model and its backtest.
 *
 * @param event its latest event: backtested, trained, promoted, rejected or retired
 * @param reason why the event happened, in one sentence
 * @param asOf trained on what was known at the end of this day
 * @param served whether the model made the scores of the served run
 * @param metrics metric values of the model and of each baseline
 * @param backtestOrigins number of past days at which the backtest forecast; null if unknown
 * @param backtestMarkets number of markets in the backtest; null if unknown
 * @param backtestRows number of forecasts that the backtest judged, of each lifecycle
 * @param importances feature importances, the largest first; empty unless the model is served
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
    @Nullable Long backtestOrigins,
    @Nullable Long backtestMarkets,
    List<ModelEventRecord.JudgedRows> backtestRows,
    List<Importance> importances) {

  /**
   * Importance of a feature in the model.
   *
   * @param feature the input; docs/feature-catalog.md lists all inputs
   * @param share the feature's share of the variance that all splits explain in the training
   *     predictions; the shares of all features add up to 1
   */
  @Serdeable
  public record Importance(String feature, double share) {}

  /**
   * Reads the feature importances of a model file, the largest first.
   *
   * @throws UnreadableException if the content is not a model file
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

  /** Returns the path below the store of a file that the training wrote. */
  public String file(String name) {
    return "models/" + modelId + "/" + name;
  }

  /** Returns a metric of the served model's own backtest; null if it has none. */
  public static ModelEventRecord.@Nullable Metric tested(List<Model> models, String metric) {
    return models.stream()
        .filter(Model::served)
        .flatMap(model -> model.metrics().stream())
        .filter(m -> m.method().equals("model") && m.metric().equals(metric))
        .findFirst()
        .orElse(null);
  }

  /** Returns the latest state of each model, the most recently changed first. */
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
        event.backtestOrigins(),
        event.backtestMarkets(),
        event.backtestRows(),
        served ? importances : List.of());
  }
}
