package io.trendflow.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files as {@code mortal:/...}. Each change of a file or folder is announced before it is
 * made. From a chosen change on every change fails, as if the job had been killed there: nothing is
 * cleaned up either, and a file that is open keeps what was flushed.
 */
public final class MortalFiles extends WatchedFiles {
  private static final Object LOCK = new Object();
  private static Predicate<String> fatal = change -> false;
  private static boolean dead;

  static void mountIn(Configuration hadoop) {
    hadoop.set("fs.mortal.impl", MortalFiles.class.getName());
  }

  /**
   * Lets changes be made again.
   *
   * @param fatal is asked before each change, one at a time, whether to die there
   */
  static void begin(Predicate<String> fatal) {
    synchronized (LOCK) {
      MortalFiles.fatal = fatal;
      dead = false;
    }
  }

  /** Returns whether a change has failed since {@link #begin}. */
  static boolean died() {
    synchronized (LOCK) {
      return dead;
    }
  }

  private static void change(String verb, Path path) throws IOException {
    String change = verb + " " + Path.getPathWithoutSchemeAndAuthority(path);
    synchronized (LOCK) {
      dead = dead || fatal.test(change);
      if (dead) {
        throw new IOException("dead before: " + change);
      }
    }
  }

  @Override
  public URI getUri() {
    return URI.create("mortal:///");
  }

  @Override
  public String getScheme() {
    return "mortal";
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    if (!exists(path)) {
      change("make", path);
    }
    return super.mkdirs(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change("create", path);
    return mortal(
        path, super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change("create", path);
    return mortal(
        path,
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream mortal(Path path, OutputStream file) throws IOException {
    return new FSDataOutputStream(
        new FilterOutputStream(file) {
          private boolean closed;

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
          }

          @Override
          public void close() throws IOException {
            if (!closed) {
              closed = true;
              change("close", path);
              super.close();
            }
          }
        },
        null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change("rename", to);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (exists(path)) {
      change("delete", path);
    }
    return super.delete(path, recursive);
  }
}
