package io.trendflow.collection.landing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Landing in a folder of this machine. */
public final class LocalLanding implements LandingStore {
  private final Path root;

  public LocalLanding(Path root) {
    this.root = root;
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve(folder))) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(root.resolve(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean claim(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public OutputStream create(String path) throws IOException {
    Path file = root.resolve(path);
    Path folder = file.resolveSibling("");
    Files.createDirectories(folder);
    // Ingestion leaves out names that begin with a dot.
    Path unfinished = folder.resolve("." + file.getFileName());
    FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new LandingStream(
        Channels.newOutputStream(channel),
        () -> {
          try (channel) {
            // A manifest must not outlive the files that it names when the machine stops.
            channel.force(true);
          }
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        });
  }
}
