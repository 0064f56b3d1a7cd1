package io.trendflow.training.measure;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Realised uplift of the {@code k} products with the highest predicted uplift, in units, ties by
 * product id: the mean over the groups of cutoff and market with at least 30 rows. A group with
 * fewer than {@code k} rows counts with all of them.
 *
 * @param depths values of {@code k}, ascending
 */
public record UpliftCurve(List<Integer> depths, List<Line> lines) {
  /** Name of the best choice in hindsight. */
  static final String HINDSIGHT = "hindsight";

  private static final int STEP = 10;
  private static final int STEPS = 20;

  public UpliftCurve {
    depths = List.copyOf(depths);
    lines = List.copyOf(lines);
  }

  /**
   * Curve of a method.
   *
   * @param method model, the name of a baseline, or hindsight
   * @param uplift realised uplift at each depth
   */
  public record Line(String method, List<Double> uplift) {
    public Line {
      uplift = List.copyOf(uplift);
    }
  }

  /**
   * Computes the curves. A method whose highest predicted uplifts are equal in a group has none,
   * because it chooses by product id alone.
   *
   * @param rows columns of {@code prediction.backtest}, from one recipe
   */
  public static UpliftCurve of(Dataset<Row> rows) {
    MapFunction<Row, String> group = BacktestReport::group;
    List<Row> groups =
        rows.groupByKey(group, Encoders.STRING())
            .flatMapGroups(new OfGroup(), Encoders.row(OfGroup.SCHEMA))
            .collectAsList();
    long largest = groups.stream().mapToLong(row -> row.getAs("rows")).max().orElse(0);
    int steps = (int) Math.min(STEPS, (largest + STEP - 1) / STEP);
    Map<String, List<Row>> byMethod =
        groups.stream().collect(groupingBy(row -> row.<String>getAs("method")));
    List<Line> lines = new ArrayList<>();
    for (String method : methods()) {
      List<Row> curves = byMethod.getOrDefault(method, List.of());
      if (!curves.isEmpty() && curves.stream().noneMatch(row -> row.isNullAt(2))) {
        lines.add(new Line(method, means(curves, steps)));
      }
    }
    return new UpliftCurve(
        IntStream.rangeClosed(1, steps).map(i -> i * STEP).boxed().toList(), lines);
  }

  private static List<String> methods() {
    List<String> methods = new ArrayList<>(List.of(HINDSIGHT));
    Arrays.stream(PredictionMethod.values()).map(PredictionMethod::key).forEach(methods::add);
    return methods;
  }

  private static List<Double> means(List<Row> curves, int steps) {
    return IntStream.range(0, steps)
        .mapToObj(
            step ->
                curves.stream().collect(averagingDouble(row -> row.<Double>getList(2).get(step))))
        .toList();
  }

  /** Curves of one group of cutoff and market. */
  private static final class OfGroup implements FlatMapGroupsFunction<String, Row, Row> {
    static final StructType SCHEMA =
        StructType.fromDDL("method STRING, rows BIGINT, uplift ARRAY<DOUBLE>");

    @Override
    public Iterator<Row> call(String group, Iterator<Row> iterator) {
      List<Row> rows = GroupEvaluator.byProduct(iterator);
      if (rows.size() < GroupMetric.MIN_ROWS) {
        return List.<Row>of().iterator();
      }
      List<Row> curves = new ArrayList<>();
      GroupPredictions model = GroupEvaluator.judged(rows, PredictionMethod.MODEL);
      curves.add(curve(HINDSIGHT, model, model.actualUplift()));
      for (PredictionMethod method : PredictionMethod.values()) {
        GroupPredictions judged = GroupEvaluator.judged(rows, method);
        curves.add(curve(method.key(), judged, judged.predictedUplift()));
      }
      return curves.iterator();
    }

    private static Row curve(String method, GroupPredictions rows, double[] predicted) {
      return RowFactory.create(method, (long) rows.size(), uplift(rows, predicted));
    }

    private static double @Nullable [] uplift(GroupPredictions rows, double[] predicted) {
      if (!MetricFormulas.choosesByUplift(rows, predicted)) {
        return null;
      }
      double[] actual = rows.actualUplift();
      return IntStream.rangeClosed(1, STEPS)
          .mapToDouble(i -> MetricFormulas.sum(actual, rows.top(predicted, i * STEP)))
          .toArray();
    }
  }
}
