package io.trendflow.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Output directory of the generator; it replaces files that an earlier run generated. */
final class OutputFolder {
  private static final String MARK = ".synthetic-retail";

  private OutputFolder() {}

  /**
   * Prepares the raw directory and removes every file of an earlier shop, such as further months.
   *
   * @return the raw directory
   * @throws IllegalArgumentException if the directory has files that were not generated
   */
  static Path prepare(Path out) throws IOException {
    Path raw = out.resolve("raw");
    Path mark = out.resolve(MARK);
    if (Files.exists(raw)) {
      if (!Files.exists(mark)) {
        throw new IllegalArgumentException(
            raw + " has files that this generator did not write: use another directory for --out.");
      }
      delete(raw);
    }
    Files.createDirectories(raw);
    Files.writeString(mark, "SyntheticRetail wrote raw/ and replaces it on its next run.\n");
    return raw;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
