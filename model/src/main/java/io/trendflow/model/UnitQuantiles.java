package io.trendflow.model;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of the units over the horizon at the {@link #LEVELS}.
 *
 * @param units one value for each level, ascending and not below 0
 */
public record UnitQuantiles(List<Double> units) implements Serializable {
  /** Levels in percent. */
  public static final List<Integer> LEVELS = List.of(5, 10, 25, 50, 75, 90, 95);

  public UnitQuantiles {
    units = List.copyOf(units);
    if (units.size() != LEVELS.size()) {
      throw new IllegalArgumentException(
          "%d quantiles are needed, but there are %d".formatted(LEVELS.size(), units.size()));
    }
  }

  /** Returns the quantiles of a score; null if it was made before scores had all of them. */
  public static @Nullable UnitQuantiles ofKnown(List<@Nullable Double> units) {
    return units.contains(null) ? null : new UnitQuantiles(List.copyOf(units));
  }

  /** Returns the names of the columns of the quantiles, in the order of the levels. */
  public static List<String> columns() {
    return LEVELS.stream().map(level -> String.format(Locale.ROOT, "units_q%02d", level)).toList();
  }

  /** Returns the lower end of the 80 % interval. */
  public double lower() {
    return units.get(LEVELS.indexOf(10));
  }

  /** Returns the upper end of the 80 % interval. */
  public double upper() {
    return units.get(LEVELS.indexOf(90));
  }
}
