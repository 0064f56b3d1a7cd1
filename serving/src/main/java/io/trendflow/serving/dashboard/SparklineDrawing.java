package io.trendflow.serving.dashboard;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Drawing of the recent weeks as a line, oldest on the left.
 *
 * @param points points of an SVG polyline
 * @param lastX horizontal position of the newest week
 * @param lastY vertical position of the newest week
 * @param text the same values as text
 */
record SparklineDrawing(String points, double lastX, double lastY, String text) {
  static final int WIDTH = 104;
  static final int HEIGHT = 30;
  private static final int MARGIN = 4;

  /**
   * Creates the drawing of at least one week.
   *
   * @param text key of the text that says the values
   */
  static SparklineDrawing of(List<Double> weeks, String text, PageLanguage language) {
    double most = weeks.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    String points =
        IntStream.range(0, weeks.size())
            .mapToObj(i -> point(x(i, weeks.size()), y(weeks.get(i), most)))
            .collect(Collectors.joining(" "));
    int last = weeks.size() - 1;
    String said =
        language.say(
            text,
            weeks.size(),
            weeks.stream().map(language.wording()::number).collect(Collectors.joining("; ")));
    return new SparklineDrawing(points, x(last, weeks.size()), y(weeks.get(last), most), said);
  }

  /** Returns the points of an SVG polygon of the area below the line. */
  String area() {
    return point(MARGIN, HEIGHT) + " " + points + " " + point(lastX, HEIGHT);
  }

  private static double x(int index, int size) {
    return MARGIN + (WIDTH - 2.0 * MARGIN) * (size == 1 ? 1 : (double) index / (size - 1));
  }

  private static double y(double units, double most) {
    return HEIGHT
        - MARGIN
        - (HEIGHT - 2.0 * MARGIN) * Math.max(0, units) / Math.max(most, Double.MIN_NORMAL);
  }

  private static String point(double x, double y) {
    return LocaleFormat.coordinate(x) + "," + LocaleFormat.coordinate(y);
  }
}
