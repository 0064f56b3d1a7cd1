package io.trendflow.serving.dashboard;

import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.store.ModelEventRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The page about the models.
 *
 * @param models the latest changed first
 */
record ModelPage(List<Model> models, PageLanguage language) {
  private static final String OWN = "model";
  private static final int MOST_IMPORTANCES = 15;

  /** Which value of a metric is best. */
  private enum Best {
    LARGEST,
    SMALLEST,
    NEAREST_0
  }

  /** A metric that the methods are compared by. */
  enum Metric {
    WAPE("wape", Best.SMALLEST),
    MAE("mae", Best.SMALLEST),
    BIAS("bias", Best.NEAREST_0),
    SPEARMAN("spearman", Best.LARGEST),
    PRECISION("precision_10", Best.LARGEST),
    NDCG("ndcg_100", Best.LARGEST),
    UPLIFT("uplift_50", Best.LARGEST);

    private final String column;
    private final Best best;

    Metric(String column, Best best) {
      this.column = column;
      this.best = best;
    }

    /** As {@code prediction.models} names it. */
    String column() {
      return column;
    }

    /** The worse, the larger. */
    private double loss(double value) {
      return switch (best) {
        case LARGEST -> -value;
        case SMALLEST -> value;
        case NEAREST_0 -> Math.abs(value);
      };
    }
  }

  /** The model that made the scores, else the latest; null without one. */
  @Nullable Model shown() {
    return models.stream()
        .filter(Model::served)
        .findFirst()
        .orElse(models.isEmpty() ? null : models.get(0));
  }

  /** The model and its baselines, the model first. */
  Set<String> methods(Model model) {
    Set<String> methods = new LinkedHashSet<>(Set.of(OWN));
    model.metrics().forEach(metric -> methods.add(metric.method()));
    return methods;
  }

  /** Null where it could not be told. */
  @Nullable Double value(Model model, String method, String metric) {
    return model.metrics().stream()
        .filter(m -> m.method().equals(method) && m.metric().equals(metric))
        .map(ModelEventRecord.Metric::value)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Whether no other method has a better value. */
  boolean isBest(Model model, String method, Metric metric) {
    Double own = value(model, method, metric.column());
    return own != null
        && methods(model).stream()
            .map(other -> value(model, other, metric.column()))
            .filter(Objects::nonNull)
            .allMatch(other -> metric.loss(own) <= metric.loss(other));
  }

  /** Of the model itself. */
  @Nullable Double own(Model model, String metric) {
    return value(model, OWN, metric);
  }

  /** The features that matter most. */
  List<Model.Importance> importances(Model model) {
    return model.importances().stream().limit(MOST_IMPORTANCES).toList();
  }

  DrawnBar bar(Model.Importance importance, Model model) {
    ToDoubleFunction<Model.Importance> share = Model.Importance::share;
    double most = model.importances().stream().mapToDouble(share).max().orElse(1);
    return DrawnBar.of(importance.share(), 0, most);
  }
}
