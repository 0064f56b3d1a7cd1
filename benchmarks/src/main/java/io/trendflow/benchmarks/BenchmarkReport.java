package io.trendflow.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the measurements as they arrive, then a summary. */
final class BenchmarkReport {
  /**
   * Measurement; {@code seconds} excludes the start of Spark, {@code bytes} is the size of the
   * files.
   */
  record Line(
      BenchmarkContender contender,
      int files,
      long bytes,
      long rows,
      double seconds,
      long peakMiB) {
    double megabytes() {
      return bytes / 1e6;
    }

    double secondsPerMegabyte() {
      return seconds / megabytes();
    }
  }

  private final PrintStream out;
  private final List<Line> lines = new ArrayList<>();

  BenchmarkReport(PrintStream out) {
    this.out = out;
    out.printf(
        "%n%5s %8s %12s  %-24s %8s %10s %7s %9s %11s%n",
        "files", "MB", "rows", "", "seconds", "rows/s", "MB/s", "peak MiB", "ingest/this");
  }

  /** Adds a measurement; TrendFlow's must be the first of each size. */
  void add(Line line) {
    lines.add(line);
    print(
        "%5d %8.1f %,12d  %-24s %8.1f %,10.0f %7.1f %9d %11.2f%n",
        line.files(),
        line.megabytes(),
        line.rows(),
        line.contender().label(),
        line.seconds(),
        line.rows() / line.seconds(),
        line.megabytes() / line.seconds(),
        line.peakMiB(),
        ours(line.files()).seconds() / line.seconds());
  }

  /**
   * Prints the time per byte of the largest set of files divided by that of the smallest: 1 if time
   * is proportional to bytes.
   */
  void growth() {
    print("%nSeconds per MB, %d files relative to %d:%n", last().files(), lines.get(0).files());
    for (BenchmarkContender contender : BenchmarkContender.values()) {
      List<Line> own = lines.stream().filter(line -> line.contender() == contender).toList();
      double ratio = own.get(own.size() - 1).secondsPerMegabyte() / own.get(0).secondsPerMegabyte();
      print("  %-24s %5.2f%n", contender.label(), ratio);
    }
  }

  private Line last() {
    return lines.get(lines.size() - 1);
  }

  private Line ours(int files) {
    return lines.stream()
        .filter(line -> line.files() == files && line.contender() == BenchmarkContender.INGEST)
        .findFirst()
        .orElseThrow();
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ENGLISH, format, values);
    out.flush();
  }
}
