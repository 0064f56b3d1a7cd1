package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mean curves by lifecycle.
 *
 * @param byLifecycle curve of each lifecycle that has predictions
 * @param all curve of all examples, for every other lifecycle
 */
public record MeanCurves(Map<String, MeanCurve> byLifecycle, MeanCurve all)
    implements Serializable {
  public MeanCurves {
    byLifecycle = Collections.unmodifiableSortedMap(new TreeMap<>(byLifecycle));
  }

  /** Returns the curves of a model without known errors: the inverse transform. */
  public static MeanCurves uncorrected() {
    return new MeanCurves(Map.of(), MeanCurve.UNCORRECTED);
  }

  /** Fits the curves to predictions, in any order. */
  public static MeanCurves of(Collection<PredictionResidual> predictions) {
    if (predictions.isEmpty()) {
      return uncorrected();
    }
    List<PredictionResidual> sorted = PredictionResidual.sorted(predictions);
    MeanCurve all = MeanCurve.of(sorted, MeanCurve.UNCORRECTED);
    Map<String, MeanCurve> curves = new TreeMap<>();
    sorted.stream()
        .collect(groupingBy(PredictionResidual::lifecycle))
        .forEach((lifecycle, own) -> curves.put(lifecycle, MeanCurve.of(own, all)));
    return new MeanCurves(curves, all);
  }

  /** Returns the mean units for a raw prediction of a product in a lifecycle. */
  double units(String lifecycle, double raw) {
    return byLifecycle.getOrDefault(lifecycle, all).units(raw);
  }
}
