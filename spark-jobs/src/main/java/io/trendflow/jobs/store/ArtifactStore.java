package io.trendflow.jobs.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Stores the files of models, {@code model.json} and reports, as {@code models/<model_id>/<name>}
 * below the store. A file is either complete or absent.
 */
public final class ArtifactStore {
  private final Path root;
  private final FileSystem files;

  /**
   * Opens the files of a store.
   *
   * @param root the store's folder, local or with a scheme such as {@code gs://}
   * @throws UncheckedIOException if its file system can't be reached
   */
  public ArtifactStore(Configuration hadoop, String root) {
    this.root = new Path(root);
    try {
      this.files = this.root.getFileSystem(hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("Store " + root + " can't be opened: " + e.getMessage(), e);
    }
  }

  /** Returns the path of a file below the store, as {@code prediction.models.artifact} has it. */
  public static String path(String modelId, String name) {
    return "models/" + modelId + "/" + name;
  }

  /**
   * Writes a text in UTF-8, replacing an existing file.
   *
   * @return its path below the store
   */
  public String write(String modelId, String name, String text) {
    String path = path(modelId, name);
    Path file = new Path(root, path);
    Path unfinished = new Path(file.getParent(), "_" + name + "-" + UUID.randomUUID());
    try {
      try (FSDataOutputStream out = files.create(unfinished)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      FolderMoves.force(files, unfinished);
      rename(unfinished, file);
      FolderMoves.forceNames(files, file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written: " + e.getMessage(), e);
    }
    return path;
  }

  /**
   * Reads a text.
   *
   * @param path below the store, as {@link #write} returned it
   * @throws IllegalArgumentException if the file does not exist
   */
  public String read(String path) {
    Path file = new Path(root, path);
    try (FSDataInputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(file + " does not exist.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Returns whether a file exists. */
  public boolean exists(String path) {
    try {
      return files.exists(new Path(root, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the models that have files.
   *
   * @return model id to size in bytes
   */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    try {
      for (FileStatus model : files.listStatus(new Path(root, "models"))) {
        sizes.put(model.getPath().getName(), files.getContentSummary(model.getPath()).getLength());
      }
      return sizes;
    } catch (FileNotFoundException e) {
      return sizes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the files of a model, if there are any. */
  public void delete(String modelId) {
    Path folder = new Path(root, "models/" + modelId);
    try {
      files.delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed: " + e.getMessage(), e);
    }
  }

  // A local rename replaces the file at once; other file systems fail while it exists.
  private void rename(Path from, Path to) throws IOException {
    if (files.rename(from, to)) {
      return;
    }
    files.delete(to, false);
    if (!files.rename(from, to)) {
      throw new IOException(from + " can't be renamed to " + to);
    }
  }
}
