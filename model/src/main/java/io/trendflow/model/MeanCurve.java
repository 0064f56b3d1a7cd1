package io.trendflow.model;

import java.io.Serializable;
import java.util.List;

/**
 * Curve from the raw prediction, a median on the log scale, to the mean: units = exp(level + slope
 * raw) - 1. The curve rises with the raw prediction and therefore keeps the ranking.
 *
 * @param slope not negative
 */
public record MeanCurve(double level, double slope) implements Serializable {
  /** Curve whose mean is the inverse transform of the raw prediction. */
  static final MeanCurve UNCORRECTED = new MeanCurve(0, 1);

  /** Pseudo-count of the prior (shrinkage strength), in predictions. */
  private static final double PRIOR_PREDICTIONS = 2000;

  private static final double MAX_SLOPE = 2;

  /** Number of bisection steps; the remaining error is 1e-9. */
  private static final int HALVINGS = 31;

  public MeanCurve {
    if (!Double.isFinite(level) || !(slope >= 0 && Double.isFinite(slope))) {
      throw new IllegalArgumentException(
          "the mean curve has the level %s and the slope %s: the level must be finite and the slope at least 0"
              .formatted(level, slope));
    }
  }

  /**
   * Fits the curve to past predictions by Poisson regression of 1 + actual units on the raw
   * predictions. The fitted means add up to the actual units (the pseudo-maximum likelihood of
   * Gourieroux, Monfort and Trognon 1984, consistent whatever the units' distribution).
   *
   * @param prior curve towards which the fit shrinks if there are few predictions
   */
  static MeanCurve of(List<PredictionResidual> residuals, MeanCurve prior) {
    double weight = residuals.size() / (residuals.size() + PRIOR_PREDICTIONS);
    MeanCurve own = fit(residuals);
    return new MeanCurve(
        weight * own.level + (1 - weight) * prior.level,
        weight * own.slope + (1 - weight) * prior.slope);
  }

  /** Returns the mean units for a raw prediction. */
  double units(double raw) {
    return Math.max(0, Math.expm1(level + slope * raw));
  }

  /**
   * Fits the curve without a prior. The best level for a given slope has a closed form. The best
   * slope is where the mean raw prediction weighted by the expected units equals the mean weighted
   * by the actual units; the former rises with the slope, which is why bisection finds it.
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
   * Weighted sums that a slope implies, up to the factor exp(level).
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
