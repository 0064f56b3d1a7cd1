package io.trendflow.serving;

import io.micronaut.context.annotation.Value;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The published runs and their scores in the Parquet files of a store's folder. Every call reads
 * the files as they are then.
 */
@Singleton
final class DuckDbWarehouse {
  private static final RecordReader<Run> RUNS = new RecordReader<>(Run.class);
  private static final RecordReader<Score> SCORES = new RecordReader<>(Score.class);

  private final Path store;

  /**
   * What {@code prediction.runs} holds.
   *
   * @param runs every row, the retracted and hindsight ones too
   * @param problems a sentence for each commit that can't be read
   */
  record Commits(List<Run> runs, List<String> problems) {}

  /**
   * Reads nothing yet.
   *
   * @param path the store's folder
   * @throws IllegalArgumentException when it isn't set or isn't there
   */
  DuckDbWarehouse(@Value("${trendflow.store.path:}") String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException(
          "trendflow.store.path is not set: set TRENDFLOW_STORE_PATH to the folder that store.path"
              + " names in the jobs' configuration.");
    }
    try {
      store = Path.of(path).toRealPath();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "The store folder '"
              + path
              + "' does not exist: set TRENDFLOW_STORE_PATH to the folder that store.path names in"
              + " the jobs' configuration.",
          e);
    }
  }

  /**
   * The commits as the files have them now; one that can't be read doesn't hide the others.
   *
   * @throws UnreadableException when the store itself can't be read
   */
  Commits commits() throws UnreadableException {
    if (!Files.isDirectory(store)) {
      throw new UnreadableException("The store folder is not there any more.");
    }
    List<Path> files = files(Table.RUNS, TableLayout.folder(Table.RUNS));
    try (ParquetReader reader = new ParquetReader(store)) {
      try {
        return new Commits(reader.read(files, RUNS), List.of());
      } catch (UnreadableException e) {
        return oneByOne(reader, files);
      }
    }
  }

  private static Commits oneByOne(ParquetReader reader, List<Path> files) {
    List<Run> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        runs.addAll(reader.read(List.of(file), RUNS));
      } catch (UnreadableException e) {
        problems.add("A run's commit can't be read: " + e.getMessage() + ".");
      }
    }
    return new Commits(runs, problems);
  }

  /**
   * The scores in a run's folder, in no order.
   *
   * @throws UnreadableException when a file is broken
   */
  List<Score> scores(Run run) throws UnreadableException {
    List<Path> files = files(Table.SCORES, TableLayout.folder(Table.SCORES, run.runId()));
    try (ParquetReader reader = new ParquetReader(store)) {
      return reader.read(files, SCORES);
    }
  }

  /** A table's files in a folder, by the layout's pattern: nothing outside the table can match. */
  private List<Path> files(Table table, String folder) throws UnreadableException {
    Path start = store.resolve(folder).normalize();
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    PathMatcher pattern =
        store.getFileSystem().getPathMatcher("glob:" + TableLayout.allFiles(table));
    try (Stream<Path> found = Files.walk(start, 2)) {
      return found.filter(file -> pattern.matches(store.relativize(file))).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UnreadableException("The folder " + folder + " can't be listed.", e);
    }
  }
}
