package io.trendflow.serving.store;

import io.micronaut.context.annotation.Value;
import io.trendflow.history.DayRange;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.schemas.TableLayout;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
  public void weeklySales(WeeklySales.Selection selection, Consumer<WeeklySales> rows)
      throws UnreadableException {
    List<Path> files = files(Table.DAILY_SALES, selection.ingestIds());
    try (ParquetReader reader = new ParquetReader(store, true)) {
      reader.weeklySales(files, selection, rows);
    }
  }

  // The file is complete and on the disk before its folder gets the name under which it is read.
  @Override
  public void add(Table table, String id, Record row) throws UnreadableException {
    Path folder = store.resolve(TableLayout.folder(table, id));
    Path unfinished =
        store.resolve(TableLayout.unfinished(table)).resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(unfinished);
      Path file = unfinished.resolve("part-00000.parquet");
      write(table, row, file);
      sync(file);
      sync(unfinished);
      move(unfinished, folder);
      sync(folder.resolveSibling(""));
    } catch (IOException | SQLException e) {
      throw new UnreadableException("the store folder can't be written to: " + e.getMessage(), e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(to)) { // else another process added the same row in the meantime
        throw e;
      }
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void write(Table table, Record row, Path file) throws SQLException {
    RecordType<?> type = new RecordType<>(row.getClass());
    List<TableField> fields = table.contract().fields();
    String columns =
        fields.stream().map(f -> f.name() + " " + type(f)).collect(Collectors.joining(", "));
    String values = fields.stream().map(f -> "?").collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (" + columns + ")");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (" + values + ")")) {
        for (int i = 0; i < fields.size(); i++) {
          Object value = type.value(row, fields.get(i).name());
          insert.setObject(
              i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
        insert.execute();
      }
      statement.execute("COPY t TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet)");
    }
  }

  private static String type(TableField field) {
    return switch (field.type()) {
      case STRING -> "VARCHAR";
      case FLOAT -> "DOUBLE";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMPTZ";
      default ->
          throw new IllegalArgumentException("rows with " + field.name() + " can't be added");
    };
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
