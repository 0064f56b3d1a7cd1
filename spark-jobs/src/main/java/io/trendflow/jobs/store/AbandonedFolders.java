package io.trendflow.jobs.store;

import io.trendflow.jobs.store.TableStore.Leftover;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Folders of uncommitted and of unfinished batches. A folder is moved away before it is deleted, so
 * that no reader finds half of it. If the job dies in between, the moved folder counts as
 * unfinished and is found again.
 */
record AbandonedFolders(FileSystem files, Path root) {

  /**
   * Returns the abandoned folders that no job has touched since a time.
   *
   * @param committed whether the commit table has a batch
   */
  List<Leftover> untouchedSince(Instant time, BiPredicate<Table, String> committed) {
    List<Leftover> found = new ArrayList<>();
    for (Table table : Table.values()) {
      for (Path folder : folders(TableLayout.folder(table))) {
        if (isAbandoned(table, folder.getName(), committed)) {
          found.add(leftover(TableLayout.folder(table, folder.getName())));
        }
      }
      for (Path folder : folders(TableLayout.unfinished(table))) {
        found.add(leftover(TableLayout.unfinished(table) + "/" + folder.getName()));
      }
    }
    return found.stream().filter(leftover -> leftover.touched().isBefore(time)).toList();
  }

  private static boolean isAbandoned(
      Table table, String batchId, BiPredicate<Table, String> committed) {
    return !batchId.startsWith("_")
        && table.committedBy().filter(by -> !committed.test(by, batchId)).isPresent();
  }

  /**
   * Removes a folder, unless a job has touched it again. If the batch is committed during the
   * removal, its folder is moved back.
   */
  void remove(Leftover leftover, BiPredicate<Table, String> committed) {
    Path folder = new Path(root, leftover.name());
    if (leftover(leftover.name()).touched().isAfter(leftover.touched())) {
      return;
    }
    for (Table table : Table.values()) {
      if (leftover.name().equals(TableLayout.folder(table, folder.getName()))) {
        Path aside = aside(table, folder.getName());
        if (!move(folder, aside)) {
          return;
        }
        if (!isAbandoned(table, folder.getName(), committed)) {
          var unused = move(aside, folder);
          return;
        }
        delete(aside);
        return;
      }
    }
    delete(folder);
  }

  /** Removes the folder of a batch. */
  void purge(Table table, String batchId) {
    Path aside = aside(table, batchId);
    if (move(new Path(root, TableLayout.folder(table, batchId)), aside)) {
      delete(aside);
    }
  }

  private Path aside(Table table, String batchId) {
    return new Path(
        new Path(root, TableLayout.unfinished(table)), batchId + "-removed-" + UUID.randomUUID());
  }

  // The newest file decides: it shows when a job last wrote to the folder.
  private Leftover leftover(String name) {
    Path folder = new Path(root, name);
    try {
      long bytes = 0;
      long touched = files.getFileStatus(folder).getModificationTime();
      var all = files.listFiles(folder, true);
      while (all.hasNext()) {
        FileStatus file = all.next();
        bytes += file.getLen();
        touched = Math.max(touched, file.getModificationTime());
      }
      return new Leftover(name, bytes, Instant.ofEpochMilli(touched));
    } catch (FileNotFoundException e) {
      return new Leftover(name, 0, Instant.MAX); // Its job has moved it in the meantime.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> folders(String parent) {
    try {
      List<Path> folders = new ArrayList<>();
      for (FileStatus status : files.listStatus(new Path(root, parent))) {
        if (status.isDirectory()) {
          folders.add(status.getPath());
        }
      }
      return folders;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean move(Path from, Path to) {
    try {
      files.mkdirs(to.getParent());
      return FolderMoves.move(files, from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(from + " can't be removed: " + e.getMessage(), e);
    }
  }

  private void delete(Path folder) {
    try {
      files.delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed: " + e.getMessage(), e);
    }
  }
}
