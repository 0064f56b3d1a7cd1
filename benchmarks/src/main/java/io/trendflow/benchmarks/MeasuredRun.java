package io.trendflow.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One measured process, which prints a line that begins with {@code [} once Spark is up and another
 * one when its work is done, like the progress lines of every job.
 *
 * @param seconds time from the first to the last of these lines
 * @param peakMiB peak of the resident memory; 0 if the system does not report it
 * @param output lines that the process printed
 */
record MeasuredRun(double seconds, long peakMiB, List<String> output) {

  /**
   * Runs a command until it ends.
   *
   * @throws IllegalStateException if the command fails, with the end of its output
   */
  static MeasuredRun of(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> output = new ArrayList<>();
    long first = 0;
    long last = 0;
    long peak = 0;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith("[")) {
          last = System.nanoTime();
          first = first == 0 ? last : first;
          peak = peakMiB(process.pid());
        }
      }
    }
    if (process.waitFor() != 0) {
      String end =
          String.join("\n", output.subList(Math.max(0, output.size() - 20), output.size()));
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + end);
    }
    return new MeasuredRun((last - first) / 1e9, peak, output);
  }

  /**
   * Returns the peak of the resident memory. Linux records it, so one reading at the end is enough.
   */
  private static long peakMiB(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
