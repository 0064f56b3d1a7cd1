package io.trendflow.jobs.store;

import io.trendflow.collection.landing.LandingStore;
import io.trendflow.collection.landing.LandingStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Landing on a file system that Hadoop reaches, such as Cloud Storage. */
public final class HadoopLanding implements LandingStore {
  private static final String CLOUD_STORAGE = "gs";

  private final FileSystem fileSystem;
  private final Path root;

  public HadoopLanding(String root, Configuration hadoop) throws IOException {
    this.root = new Path(root);
    this.fileSystem = this.root.getFileSystem(hadoop);
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    try {
      return Arrays.stream(fileSystem.listStatus(at(folder)))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try (InputStream in = fileSystem.open(at(path))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean claim(String path) throws IOException {
    try {
      fileSystem.create(at(path), false).close();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public OutputStream create(String path) throws IOException {
    Path file = at(path);
    if (fileSystem.getScheme().equals(CLOUD_STORAGE)) {
      // An object exists once it is closed.
      return fileSystem.create(file, true);
    }
    Path unfinished = new Path(file.getParent(), "." + file.getName());
    OutputStream out = fileSystem.create(unfinished, true);
    return new LandingStream(
        out,
        () -> {
          out.close();
          if (!fileSystem.rename(unfinished, file)) {
            throw new IOException(file + " cannot be created");
          }
        });
  }

  /** Returns a path; its name may have a colon, which a relative path of Hadoop may not. */
  private Path at(String path) {
    return new Path(root + "/" + path);
  }
}
