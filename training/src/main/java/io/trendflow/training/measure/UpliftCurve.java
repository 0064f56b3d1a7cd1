package io.trendflow.training.measure;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Uplift captured by the {@code k} products with the highest predicted uplift: their realised
 * uplift divided by that of the best {@code k} in hindsight. It is the unweighted mean over the
 * groups of cutoff and market with at least 30 and {@code 2 k} rows, and therefore has at 50 the
 * value of {@link Metric#UPLIFT_50}.
 *
 * @param depths values of {@code k}, ascending
 */
public record UpliftCurve(List<Integer> depths, List<Line> lines) {
  private static final int STEP = 10;
  private static final int STEPS = 20;

  public UpliftCurve {
    depths = List.copyOf(depths);
    lines = List.copyOf(lines);
  }

  /**
   * Curve of a method.
   *
   * @param method model, or the name of a baseline
   * @param captured share captured at each depth; null if it is undefined in every group
   */
  public record Line(String method, List<@Nullable Double> captured) {
    public Line {
      captured = Collections.unmodifiableList(new ArrayList<>(captured));
    }
  }

  /**
   * Computes the curves. A method has none if it captures nothing that is defined at any depth.
   *
   * @param rows columns of {@code prediction.backtest}, from one recipe
   */
  public static UpliftCurve of(Dataset<Row> rows) {
    List<Row> groups = MethodRows.judge(rows, BacktestReport.GROUP, new OfGroup(), OfGroup.SCHEMA);
    long largest = groups.stream().mapToLong(row -> row.getAs("rows")).max().orElse(0);
    int steps = (int) Math.min(STEPS, largest / (2 * STEP));
    // A mean adds the groups in a fixed order.
    Map<String, List<Row>> byMethod =
        groups.stream()
            .sorted(Comparator.comparing(row -> row.<String>getAs("unit")))
            .collect(groupingBy(row -> row.<String>getAs("method")));
    List<Line> lines = new ArrayList<>();
    for (PredictionMethod method : PredictionMethod.values()) {
      List<Row> curves = byMethod.getOrDefault(method.key(), List.of());
      Line line = new Line(method.key(), means(curves, steps));
      if (line.captured().stream().anyMatch(Objects::nonNull)) {
        lines.add(line);
      }
    }
    return new UpliftCurve(
        IntStream.rangeClosed(1, steps).map(i -> i * STEP).boxed().toList(), lines);
  }

  private static List<@Nullable Double> means(List<Row> curves, int steps) {
    List<@Nullable Double> means = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int step = i;
      OptionalDouble mean =
          curves.stream()
              .map(row -> row.<@Nullable Double>getList(2).get(step))
              .flatMap(Stream::ofNullable)
              .mapToDouble(Double::doubleValue)
              .average();
      means.add(mean.isPresent() ? (Double) mean.getAsDouble() : null);
    }
    return means;
  }

  /** Curve of a method in one group of cutoff and market. */
  private static final class OfGroup implements FlatMapGroupsFunction<String, Row, Row> {
    static final StructType SCHEMA =
        StructType.fromDDL("method STRING, rows BIGINT, captured ARRAY<DOUBLE>, unit STRING");

    @Override
    public Iterator<Row> call(String group, Iterator<Row> iterator) {
      List<Row> rows = GroupEvaluator.byProduct(iterator);
      if (rows.size() < GroupMetric.MIN_ROWS) {
        return List.<Row>of().iterator();
      }
      GroupPredictions judged = GroupEvaluator.judged(rows);
      @Nullable Double[] captured = new Double[STEPS];
      Arrays.setAll(captured, i -> MetricFormulas.upliftCaptured(judged, (i + 1) * STEP));
      String method = MethodRows.method(rows.get(0)).key();
      return List.of(RowFactory.create(method, (long) rows.size(), captured, group)).iterator();
    }
  }
}
