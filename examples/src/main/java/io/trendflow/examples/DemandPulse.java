package io.trendflow.examples;

/**
 * Rise, plateau and decay as a factor on the usual level: straight lines from 1 up to the height,
 * flat, and back to 1. Days are days since 1970-01-01.
 *
 * @param start first day above the usual level
 */
record DemandPulse(long start, int rampDays, int plateauDays, int decayDays, double height) {
  double at(double day) {
    double risen = (day - start + 1) / rampDays;
    double left = (start + rampDays + plateauDays + decayDays - day) / decayDays;
    double share = Math.max(0, Math.min(1, Math.min(risen, left)));
    return 1 + (height - 1) * share;
  }
}
