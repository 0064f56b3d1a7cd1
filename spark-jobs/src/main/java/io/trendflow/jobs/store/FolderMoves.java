package io.trendflow.jobs.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Moves whole folders durably, and translates paths between Hadoop and Spark. */
final class FolderMoves {
  private FolderMoves() {}

  /**
   * Moves a folder to a path that does not exist yet.
   *
   * @return false if the path exists, or if the folder itself is gone
   */
  static boolean move(FileSystem files, Path from, Path to) throws IOException {
    return files instanceof LocalFileSystem ? moveLocally(from, to) : moveByHadoop(files, from, to);
  }

  /**
   * Writes a folder with all its files to the disk, because a power cut may lose what is only in
   * memory. Other file systems than the local one do so when a file is closed.
   */
  static void force(FileSystem files, Path folder) throws IOException {
    if (files instanceof LocalFileSystem) {
      try (Stream<java.nio.file.Path> all = Files.walk(local(folder))) {
        for (java.nio.file.Path path : all.toList()) {
          forceOne(path);
        }
      }
    }
  }

  /** Writes the names in a folder to the disk, after a file or folder was moved into it. */
  static void forceNames(FileSystem files, Path folder) throws IOException {
    if (files instanceof LocalFileSystem) {
      forceOne(local(folder));
    }
  }

  private static void forceOne(java.nio.file.Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Creates a folder, if it does not exist, into which this user can write.
   *
   * @throws IOException if the user can't
   */
  static void requireWritable(FileSystem files, Path folder) throws IOException {
    boolean writable =
        files.mkdirs(folder)
            && (!(files instanceof LocalFileSystem) || Files.isWritable(local(folder)));
    if (!writable) {
      throw new IOException("this user may not write to " + folder);
    }
  }

  /** Returns a path with its glob characters escaped, since Spark's readers expand them. */
  static String literal(Path path) {
    return path.toString().replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }

  // Hadoop's local rename copies if it can't rename, even into an existing folder.
  private static boolean moveLocally(Path from, Path to) throws IOException {
    try {
      Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (e instanceof NoSuchFileException || Files.exists(local(from))) {
        return false;
      }
      throw e;
    }
  }

  // If the target was created in the meantime, a rename moves our folder inside it or does nothing.
  private static boolean moveByHadoop(FileSystem files, Path from, Path to) throws IOException {
    if (files.exists(to)) {
      return false;
    }
    try {
      boolean moved = files.rename(from, to);
      return !files.delete(new Path(to, from.getName()), true) && moved;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(Path.getPathWithoutSchemeAndAuthority(path).toString());
  }
}
