package io.trendflow.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that receives the files; earlier generated files in it are replaced. */
final class OutputFolder {
  private static final String MARK = ".synthetic-retail";

  private OutputFolder() {}

  /**
   * Empties its raw folder, so that no month of an earlier shop stays among those of the new one.
   *
   * @return the raw folder
   * @throws IllegalArgumentException if it holds files that were not generated
   */
  static Path prepare(Path out) throws IOException {
    Path raw = out.resolve("raw");
    Path mark = out.resolve(MARK);
    if (Files.exists(raw)) {
      if (!Files.exists(mark)) {
        throw new IllegalArgumentException(
            raw + " holds files that this generator did not write; give another --out folder.");
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
