package io.trendflow.model;

import org.jspecify.annotations.Nullable;

/**
 * What people count a feature in, and the way there from the logarithm that the model sees.
 *
 * @param name such as units, days or %; null where it is unknown
 */
public record NaturalUnit(@Nullable String name, Scale scale) {
  private static final String LOG_1P = "log(1 + ";
  private static final String LOG = "log(";

  /** How the model's numbers follow from people's. */
  public enum Scale {
    AS_IS,
    LOG,
    LOG_1P,
    /** The logarithm of a ratio, of which people see the change in %. */
    LOG_RATIO
  }

  /**
   * The unit behind that of a feature: {@code log(1 + units)} are units, {@code log(currency)} is
   * currency, a {@code log ratio} is a change in %, and anything else is counted as it is.
   */
  static NaturalUnit of(@Nullable String modelUnit) {
    if (modelUnit == null) {
      return new NaturalUnit(null, Scale.AS_IS);
    }
    if (modelUnit.equals("log ratio")) {
      return new NaturalUnit("%", Scale.LOG_RATIO);
    }
    if (modelUnit.startsWith(LOG_1P)) {
      return new NaturalUnit(inside(modelUnit, LOG_1P), Scale.LOG_1P);
    }
    return modelUnit.startsWith(LOG)
        ? new NaturalUnit(inside(modelUnit, LOG), Scale.LOG)
        : new NaturalUnit(modelUnit, Scale.AS_IS);
  }

  /** What people see where the model sees {@code x}. */
  public double value(double x) {
    return switch (scale) {
      case AS_IS -> x;
      case LOG -> Math.exp(x);
      case LOG_1P -> Math.expm1(x);
      case LOG_RATIO -> 100 * Math.expm1(x);
    };
  }

  private static String inside(String modelUnit, String prefix) {
    return modelUnit.substring(prefix.length(), modelUnit.length() - 1);
  }
}
