package io.trendflow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ingests order exports of three sizes and lets plain Spark sum and read the same files, each in
 * its own process. Run it from the project's directory after {@code make build}; {@code
 * BENCH_FILES} sets the number of files and {@code BENCH_LINES} their length.
 */
final class IngestBenchmark {
  private static final Path WORK = Path.of("benchmarks/target/ingest");

  private IngestBenchmark() {}

  /** Prints a row per process, and whether the time grows in proportion to the bytes. */
  public static void main(String... args) throws IOException, InterruptedException {
    int files = size("BENCH_FILES", 100);
    OrderFiles orders =
        new OrderFiles(
            WORK.resolve("orders-" + size("BENCH_LINES", 100_000)), size("BENCH_LINES", 100_000));
    System.out.printf("%d files of %,d lines each in %s%n", files, orders.lines(), orders.folder());
    orders.write(files);
    BenchmarkReport report = new BenchmarkReport(System.out);
    for (int count : sizes(files)) {
      Path raw = orders.first(count);
      long bytes = orders.bytes(count);
      long rows = (long) count * orders.lines();
      for (BenchmarkContender contender : BenchmarkContender.values()) {
        Path out = Files.createTempDirectory(WORK, "out-");
        MeasuredRun run = MeasuredRun.of(contender.command(raw, out.resolve("tables")));
        contender.check(run, rows);
        report.add(
            new BenchmarkReport.Line(contender, count, bytes, rows, run.seconds(), run.peakMiB()));
        delete(out);
      }
    }
    report.growth();
  }

  /** Returns a tenth, three tenths and all of the number of files. */
  private static List<Integer> sizes(int files) {
    return Stream.of(files / 10, files * 3 / 10, files).filter(n -> n > 0).distinct().toList();
  }

  private static int size(String variable, int standard) {
    String text = System.getenv().getOrDefault(variable, Integer.toString(standard));
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException(
          variable + " is " + text + ": use a number from 1 to 9999999.");
    }
    return Integer.parseInt(text);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
