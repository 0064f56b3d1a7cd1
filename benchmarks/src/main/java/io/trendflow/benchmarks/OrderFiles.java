package io.trendflow.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.IntStream;

/**
 * Invented order exports: CSV with a header, one file per week of orders. Equal numbers and lengths
 * give equal bytes.
 *
 * @param folder directory of the files; existing files are used again
 * @param lines number of order lines of a file, without the header
 */
record OrderFiles(Path folder, int lines) {

  /** Writes the missing files among the first {@code count}. */
  void write(int count) throws IOException {
    Files.createDirectories(folder);
    IntStream.range(0, count)
        .parallel()
        .filter(n -> !Files.exists(file(n)))
        .forEach(this::generate);
  }

  /**
   * Returns a directory with links to the first {@code count} files, which needs no further space.
   */
  Path first(int count) throws IOException {
    Path part = folder.resolve("first-" + count);
    Files.createDirectories(part);
    for (int n = 0; n < count; n++) {
      Path link = part.resolve(file(n).getFileName());
      if (!Files.exists(link)) {
        Files.createLink(link, file(n));
      }
    }
    return part;
  }

  /** Returns the size of the first {@code count} files, in bytes. */
  long bytes(int count) throws IOException {
    long bytes = 0;
    for (int n = 0; n < count; n++) {
      bytes += Files.size(file(n));
    }
    return bytes;
  }

  private Path file(int number) {
    return folder.resolve("orders-%04d.csv".formatted(number));
  }

  /**
   * Writes a file under a temporary name until it is complete: an interrupted run leaves no short
   * file.
   */
  private void generate(int number) {
    Path unfinished = folder.resolve("unfinished-" + number);
    try {
      try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
        out.write(OrderLines.HEADER);
        OrderLines orders = new OrderLines(number, lines);
        for (int line = 0; line < lines; line++) {
          out.write(orders.next(line));
        }
      }
      Files.move(unfinished, file(number), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
