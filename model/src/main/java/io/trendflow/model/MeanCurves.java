package io.trendflow.model;

import static java.util.stream.Collectors.groupingBy;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From raw prediction to mean units, by lifecycle.
 *
 * @param all of all examples, for the lifecycles that have no curve of their own
 */
public record MeanCurves(Map<String, MeanCurve> byLifecycle, MeanCurve all)
    implements Serializable {
  public MeanCurves {
    byLifecycle = Collections.unmodifiableSortedMap(new TreeMap<>(byLifecycle));
  }

  /** The curves of a model of which nothing is known but its trees: the inverse transform. */
  public static MeanCurves uncorrected() {
    return new MeanCurves(Map.of(), MeanCurve.UNCORRECTED);
  }

  /** The curves that some predictions followed; their order is irrelevant. */
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

  /** The mean of the units for a raw prediction of a product of a lifecycle. */
  double units(String lifecycle, double raw) {
    return byLifecycle.getOrDefault(lifecycle, all).units(raw);
  }
}
