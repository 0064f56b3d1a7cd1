package io.trendflow.serving.store;

import io.micronaut.context.annotation.Value;
import io.trendflow.history.DayRange;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warehouse of the tables in the Parquet files of a store folder. */
@Singleton
public final class DuckDbWarehouse implements Warehouse {
  private final Path store;

  /**
   * Checks that the folder exists; reads nothing yet.
   *
   * @param path the store folder
   * @throws IllegalArgumentException if the folder is not configured or does not exist
   */
  public DuckDbWarehouse(@Value("${trendflow.store.path:}") String path) {
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

  @Override
  public Commits commits() throws UnreadableException {
    if (!Files.isDirectory(store)) {
      throw new UnreadableException("The store folder no longer exists.");
    }
    List<Path> files = files(Table.RUNS, TableLayout.folder(Table.RUNS));
    List<Run> runs = new ArrayList<>();
    try (ParquetReader reader = new ParquetReader(store, false)) {
      try {
        reader.read(files, RowSelection.all(Table.RUNS), Run.class, runs::add);
        return new Commits(runs, List.of());
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
        reader.read(List.of(file), RowSelection.all(Table.RUNS), Run.class, runs::add);
      } catch (UnreadableException e) {
        problems.add("A run's commit can't be read: " + e.getMessage() + ".");
      }
    }
    return new Commits(runs, problems);
  }

  @Override
  public <R extends Record> void read(RowSelection selection, Class<R> type, Consumer<R> rows)
      throws UnreadableException {
    List<Path> files = files(selection.table(), selection.batches());
    boolean ofAProduct = !selection.among().isEmpty();
    try (ParquetReader reader = new ParquetReader(store, ofAProduct)) {
      reader.read(files, selection, type, rows);
    }
  }

  @Override
  public void soldDays(
      List<String> ingestIds, Instant knownBy, DayRange recent, Consumer<SoldDays> rows)
      throws UnreadableException {
    List<Path> files = files(Table.DAILY_SALES, ingestIds);
    try (ParquetReader reader = new ParquetReader(store, false)) {
      reader.soldDays(files, knownBy, recent, rows);
    }
  }

  @Override
  public byte[] artifact(String path) throws UnreadableException {
    try {
      Path file = store.resolve(path).toRealPath();
      if (!file.startsWith(store)) {
        throw new UnreadableException("The file " + path + " is outside the store");
      }
      return Files.readAllBytes(file);
    } catch (IOException | InvalidPathException e) {
      throw new UnreadableException("The file " + path + " can't be read", e);
    }
  }

  private List<Path> files(Table table, @Nullable List<String> batches) throws UnreadableException {
    if (!Files.isDirectory(store)) { // a batch has no folder in a table that it has no rows of
      throw new UnreadableException("the store folder no longer exists");
    }
    if (batches == null) {
      return files(table, TableLayout.folder(table));
    }
    List<Path> files = new ArrayList<>();
    for (String batch : batches) {
      files.addAll(files(table, TableLayout.folder(table, batch)));
    }
    return files;
  }

  /**
   * Returns a table's files in a folder by the pattern of its layout, which can match nothing
   * outside the table.
   */
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
