package io.trendflow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Process that is measured on the same files: TrendFlow or a peer. */
enum BenchmarkContender {
  /** The shipped ingest job. */
  INGEST("trendflow ingest"),
  /** {@link PlainSpark} with comparable work. */
  SUMS("plain Spark, daily sums"),
  /** {@link PlainSpark} without any work on the lines. */
  READ("plain Spark, read only");

  private static final Path JOBS = Path.of("spark-jobs/target");

  private final String label;

  BenchmarkContender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /**
   * Returns the command that reads the files of a directory and writes below another, empty one.
   */
  List<String> command(Path raw, Path out) throws IOException {
    return switch (this) {
      case INGEST ->
          List.of(
              "bin/trendflow",
              "ingest",
              "--config=benchmarks/ingest.yaml",
              "--set=raw.path=" + raw,
              "--set=store.path=" + out);
      case SUMS -> plainSpark(raw.toString(), out.toString());
      case READ -> plainSpark(raw.toString());
    };
  }

  /** Fails if TrendFlow did not accept every row. */
  void check(MeasuredRun run, long rows) {
    String all = "\"read\":%d,\"accepted\":%d,".formatted(rows, rows);
    if (this == INGEST && run.output().stream().noneMatch(line -> line.contains(all))) {
      throw new IllegalStateException(
          "ingest did not accept all " + rows + " rows: " + run.output());
    }
  }

  /**
   * Returns the command of plain Spark, with the memory and the flags of a job of bin/trendflow.
   */
  private static List<String> plainSpark(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Xmx" + System.getenv().getOrDefault("TRENDFLOW_HEAP", "3g"));
    command.add("-Dlog4j2.configurationFile=" + JOBS.resolve("log4j2.properties"));
    command.addAll(List.of(read("spark-jvm-options.txt").split("\\s+")));
    command.add("-cp");
    command.add(System.getProperty("java.class.path") + ":" + read("spark-classpath.txt"));
    command.add(PlainSpark.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String read(String file) throws IOException {
    return Files.readString(JOBS.resolve(file)).strip();
  }
}
