package io.trendflow.training.measure;

import io.trendflow.model.MetricValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Formats tables of mean metrics for people, one column per metric. */
public final class MeanTable {
  private MeanTable() {}

  /** Returns a table with a line per method, and below it the standard errors if there are any. */
  public static String of(String title, long groups, List<MetricValue> means) {
    StringBuilder table = new StringBuilder(heading(title));
    for (PredictionMethod method : PredictionMethod.values()) {
      table.append("%n%s".formatted(line(method.key(), groups, values(means, method))));
      addErrors(table, groups, errors(means, method));
    }
    return table.toString();
  }

  /**
   * Returns a table with a line per baseline.
   *
   * @param differences differences of the model from each baseline
   */
  public static String differences(String title, long groups, List<MetricValue> differences) {
    StringBuilder table = new StringBuilder(heading(title));
    for (PredictionMethod baseline : PredictionMethod.baselines()) {
      table.append("%n%s".formatted(signed(baseline.key(), groups, values(differences, baseline))));
      addErrors(table, groups, errors(differences, baseline));
    }
    return table.toString();
  }

  /** Adds a line with the standard errors if there are any. */
  public static void addErrors(StringBuilder table, long groups, List<@Nullable Double> errors) {
    if (errors.stream().anyMatch(Objects::nonNull)) {
      table.append("%n%s".formatted(line("  standard error", groups, errors)));
    }
  }

  private static List<@Nullable Double> values(List<MetricValue> of, PredictionMethod method) {
    return Arrays.stream(Metric.values())
        .<@Nullable Double>map(metric -> MetricValue.find(of, method.key(), metric.key()))
        .toList();
  }

  private static List<@Nullable Double> errors(List<MetricValue> of, PredictionMethod method) {
    return Arrays.stream(Metric.values())
        .<@Nullable Double>map(metric -> MetricValue.findError(of, method.key(), metric.key()))
        .toList();
  }

  public static String heading(String title) {
    StringBuilder line = new StringBuilder("%-16s %7s".formatted(title, "groups"));
    for (Metric metric : Metric.values()) {
      line.append(" %9s".formatted(metric.label()));
    }
    return line.toString();
  }

  /**
   * Returns a line.
   *
   * @param values value of each metric, in the order of the metrics
   */
  public static String line(String name, long groups, List<@Nullable Double> values) {
    return line(name, groups, values, "");
  }

  /** Returns a line of differences, each with its sign. */
  public static String signed(String name, long groups, List<@Nullable Double> differences) {
    return line(name, groups, differences, "+");
  }

  private static String line(String name, long groups, List<@Nullable Double> values, String sign) {
    StringBuilder line = new StringBuilder("%-16s %7d".formatted(name, groups));
    for (Double value : values) {
      line.append(value == null ? " %9s".formatted("-") : " " + number(value, sign));
    }
    return line.toString();
  }

  private static String number(double value, String sign) {
    int digits = Math.abs(value) < 100 ? 3 : 0;
    return String.format(Locale.ROOT, "%" + sign + "9." + digits + "f", value);
  }
}
