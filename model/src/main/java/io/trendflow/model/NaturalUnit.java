package io.trendflow.model;

import org.jspecify.annotations.Nullable;

/**
 * Unit in which people count a feature, and the conversion from the logarithm that the model uses.
 *
 * @param name such as units, days or %; null if unknown
 */
public record NaturalUnit(@Nullable String name, Scale scale) {
  private static final String LOG_1P = "log(1 + ";
  private static final String LOG = "log(";

  /** Relation between people's numbers and the model's. */
  public enum Scale {
    AS_IS,
    LOG,
    LOG_1P,
    /** Logarithm of a ratio; people see the change in %. */
    LOG_RATIO
  }

  /**
   * Returns the natural unit of a feature: units for {@code log(1 + units)}, currency for {@code
   * log(currency)}, a change in % for a {@code log ratio}, and otherwise the unit itself.
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

  /** Returns the value in the natural unit for the model's value {@code x}. */
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
