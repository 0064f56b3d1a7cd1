package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * From the raw prediction, a median on the log scale, to the mean: units = exp(level + slope raw) -
 * 1. It rises with the prediction, so that it ranks as the prediction does.
 *
 * @param slope not negative
 */
public record MeanCurve(double level, double slope) implements Serializable {
  /** The mean as the inverse transform of the raw prediction. */
  static final MeanCurve UNCORRECTED = new MeanCurve(0, 1);

  /** So many predictions weigh as much as what one would assume without them. */
  private static final double PRIOR_PREDICTIONS = 2000;

  private static final double MAX_SLOPE = 2;

  /** Leaves an error of 1e-9. */
  private static final int HALVINGS = 31;

  public MeanCurve {
    if (!Double.isFinite(level) || !(slope >= 0 && Double.isFinite(slope))) {
      throw new IllegalArgumentException(
          "a mean curve needs a finite level and a slope of 0 or more, but has %s and %s"
              .formatted(level, slope));
    }
  }

  /**
   * The curve that past predictions followed, by the Poisson regression of 1 + actual units on the
   * raw predictions, whose fitted means add up to what was sold (the pseudo-maximum likelihood of
   * Gourieroux, Monfort and Trognon 1984, consistent whatever the units' distribution).
   *
   * @param prior the curve that few predictions leave nearly as it is
   */
  static MeanCurve of(List<PredictionResidual> residuals, MeanCurve prior) {
    double weight = residuals.size() / (residuals.size() + PRIOR_PREDICTIONS);
    MeanCurve own = fit(residuals);
    return new MeanCurve(
        weight * own.level + (1 - weight) * prior.level,
        weight * own.slope + (1 - weight) * prior.slope);
  }

  /** The mean of the units for a raw prediction. */
  double units(double raw) {
    return Math.max(0, Math.expm1(level + slope * raw));
  }

  /**
   * For any slope the best level is known, and the best slope is where the mean raw prediction,
   * weighted by what the curve expects, is that weighted by what was sold. The former rises with
   * the slope, so halving finds it.
   */
  static MeanCurve fit(List<PredictionResidual> residuals) {
    double sold = 0;
    double soldRaw = 0;
    for (PredictionResidual residual : residuals) {
      double y = 1 + residual.actualUnits();
      sold += y;
      soldRaw += y * residual.rawPrediction();
    }
    double low = 0;
    double high = MAX_SLOPE;
    for (int i = 0; i < HALVINGS; i++) {
      double slope = (low + high) / 2;
      Expected expected = Expected.of(residuals, slope);
      if (expected.raw() / expected.units() < soldRaw / sold) {
        low = slope;
      } else {
        high = slope;
      }
    }
    return new MeanCurve(Math.log(sold / Expected.of(residuals, low).units()), low);
  }

  /**
   * What a slope expects, but for the level.
   *
   * @param units sum of exp(slope raw)
   * @param raw sum of raw exp(slope raw)
   */
  private record Expected(double units, double raw) {
    static Expected of(List<PredictionResidual> residuals, double slope) {
      double units = 0;
      double raw = 0;
      for (PredictionResidual residual : residuals) {
        double weight = Math.exp(slope * residual.rawPrediction());
        units += weight;
        raw += weight * residual.rawPrediction();
      }
      return new Expected(units, raw);
    }
  }
}
