package io.trendflow.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local file system under {@code watched:/...} that records which paths are read and which are
 * changed.
 */
public class WatchedFiles extends RawLocalFileSystem {
  private static final Set<String> READ = new ConcurrentSkipListSet<>();
  private static final Set<String> WRITTEN = new ConcurrentSkipListSet<>();

  /** Paths since the last {@link #forget}. */
  record Seen(Set<String> read, Set<String> written) {}

  static void watchIn(Configuration hadoop) {
    hadoop.set("fs.watched.impl", WatchedFiles.class.getName());
  }

  static void forget() {
    READ.clear();
    WRITTEN.clear();
  }

  static Seen seen() {
    return new Seen(new TreeSet<>(READ), new TreeSet<>(WRITTEN));
  }

  @Override
  public URI getUri() {
    return URI.create("watched:///");
  }

  @Override
  public String getScheme() {
    return "watched";
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    READ.add(local(path));
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    READ.add(local(path));
    return Arrays.stream(super.listStatus(path))
        .map(WatchedFiles::withoutOwner)
        .toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return withoutOwner(super.getFileStatus(path));
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
    WRITTEN.add(local(path));
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    WRITTEN.add(local(from));
    WRITTEN.add(local(to));
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    WRITTEN.add(local(path));
    return super.delete(path, recursive);
  }

  // Hadoop looks up owners by the path, which would have to be a path of the local file system.
  private static FileStatus withoutOwner(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  private static String local(Path path) {
    return Path.getPathWithoutSchemeAndAuthority(path).toString();
  }
}
