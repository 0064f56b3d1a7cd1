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
 * Content of the page about the models.
 *
 * @param models models, the most recently changed first
 */
record ModelPage(List<Model> models, PageLanguage language) {
  private static final String OWN = "model";
  private static final Set<String> FINDINGS =
      Set.of(
          "trends",
          "trends_reason",
          "ensemble",
          "ensemble_reason",
          "what_if",
          "what_if_reason",
          "what_if_seen");
  private static final int MOST_IMPORTANCES = 15;

  /** Best possible value of a metric. */
  private enum Best {
    LARGEST,
    SMALLEST,
    NEAREST_0,
    NEAREST_1
  }

  /** Metric by which methods are compared. */
  enum Metric {
    WAPE("wape", Best.SMALLEST),
    MAE("mae", Best.SMALLEST),
    BIAS("bias", Best.NEAREST_0),
    SPEARMAN("spearman", Best.LARGEST),
    PRECISION("precision_10", Best.LARGEST),
    NDCG("ndcg_100", Best.LARGEST),
    UPLIFT("uplift_50", Best.LARGEST),
    QINI("qini", Best.LARGEST),
    REVENUE("uplift_revenue_5", Best.LARGEST),
    BREAKOUTS("breakouts", Best.LARGEST),
    VALUE("value", Best.LARGEST),
    HIT_RATE("hit_rate_50", Best.LARGEST),
    PROMISE("promise_kept_50", Best.NEAREST_1);

    private final String column;
    private final Best best;

    Metric(String column, Best best) {
      this.column = column;
      this.best = best;
    }

    /** Returns the name of the metric in {@code prediction.models}. */
    String column() {
      return column;
    }

    /** Returns a number that is larger for a worse value. */
    private double loss(double value) {
      return switch (best) {
        case LARGEST -> -value;
        case SMALLEST -> value;
        case NEAREST_0 -> Math.abs(value);
        case NEAREST_1 -> Math.abs(value - 1);
      };
    }
  }

  /** Returns the served model, otherwise the latest; null if there is no model. */
  @Nullable Model shown() {
    return models.stream()
        .filter(Model::served)
        .findFirst()
        .orElse(models.isEmpty() ? null : models.get(0));
  }

  /** Returns the names of the methods, the model first, then its baselines. */
  Set<String> methods(Model model) {
    Set<String> methods = new LinkedHashSet<>(Set.of(OWN));
    model.metrics().forEach(metric -> methods.add(metric.method()));
    return methods;
  }

  /** Returns the value of a method's metric; null if it could not be computed. */
  @Nullable Double value(Model model, String method, String metric) {
    return model.metrics().stream()
        .filter(m -> m.method().equals(method) && m.metric().equals(metric))
        .map(ModelEventRecord.Metric::value)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Returns the standard error of a method's metric; null if it is unknown. */
  @Nullable Double error(Model model, String method, String metric) {
    return model.metrics().stream()
        .filter(m -> m.method().equals(method) && m.metric().equals(metric))
        .map(ModelEventRecord.Metric::standardError)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Returns the settings of the model's recipe, without what the training found. */
  List<ModelEventRecord.Parameter> settings(Model model) {
    return model.parameters().stream().filter(p -> !FINDINGS.contains(p.name())).toList();
  }

  /** Returns a finding of the training; null if the model has none of its name. */
  @Nullable String finding(Model model, String name) {
    return model.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(ModelEventRecord.Parameter::value)
        .findFirst()
        .orElse(null);
  }

  /** Returns whether a method has the best value of a metric. */
  boolean isBest(Model model, String method, Metric metric) {
    Double own = value(model, method, metric.column());
    return own != null
        && methods(model).stream()
            .map(other -> value(model, other, metric.column()))
            .filter(Objects::nonNull)
            .allMatch(other -> metric.loss(own) <= metric.loss(other));
  }

  /** Returns the value of the model's own metric. */
  @Nullable Double own(Model model, String metric) {
    return value(model, OWN, metric);
  }

  /** Returns the number of judged forecasts of a lifecycle, or of all; 0 if there are none. */
  long judged(Model model, String lifecycle) {
    return model.backtestRows().stream()
        .filter(rows -> rows.lifecycle().equals(lifecycle))
        .mapToLong(ModelEventRecord.JudgedRows::rows)
        .sum();
  }

  /** Returns what the backtest judged, in words; null for an event of an earlier version. */
  @Nullable String extent(Model model) {
    if (model.backtestOrigins() == null || model.backtestMarkets() == null) {
      return null;
    }
    LocaleFormat wording = language.wording();
    long launches = judged(model, "launch");
    return language.say(
            "model.extent",
            language.count("model.extent.dates", model.backtestOrigins()),
            language.count("model.extent.markets", model.backtestMarkets()),
            wording.number((double) judged(model, "all")))
        + " "
        + (launches == 0
            ? language.say("model.extent.no_launch")
            : language.count("model.extent.launches", (double) launches));
  }

  /** Returns the most important features. */
  List<Model.Importance> importances(Model model) {
    return model.importances().stream().limit(MOST_IMPORTANCES).toList();
  }

  DrawnBar bar(Model.Importance importance, Model model) {
    ToDoubleFunction<Model.Importance> share = Model.Importance::share;
    double most = model.importances().stream().mapToDouble(share).max().orElse(1);
    return DrawnBar.of(importance.share(), 0, most);
  }
}
