package io.trendflow.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of a folder, so that several tests can begin with what one of them has made. */
final class FolderCopy {
  private FolderCopy() {}

  /**
   * Copies a folder with the times of its files and folders.
   *
   * @param to a folder that is empty or missing
   */
  static Path make(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Files.copy(
          path,
          to.resolve(from.relativize(path).toString()),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
    }
    // A folder's time changes with each file that is put into it.
    for (Path path : all) {
      Files.setLastModifiedTime(
          to.resolve(from.relativize(path).toString()), Files.getLastModifiedTime(path));
    }
    return to;
  }
}
