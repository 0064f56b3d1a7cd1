package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.ConfigValidation;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.schemas.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Finds and hashes the files below {@code raw.path}, on any file system that Hadoop reaches. */
public final class RawFiles {
  private static final Pattern HIDDEN = Pattern.compile("(^|/)_");

  /**
   * Age below which a file's time tells nothing: file systems keep times to up to two seconds, so
   * that a further change might have the same one.
   */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final FileSystem fileSystem;
  private final Path root;
  private final Instant listedAt = Instant.now();

  private RawFiles(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** Finds the files of every source and hashes them all in this JVM. */
  public static List<RawFile> find(
      Configuration hadoop, Map<String, SourceConfig> sources, String rawPath) {
    return find(hadoop, sources, rawPath, files -> hashes(hadoop, files));
  }

  /**
   * Finds and hashes the files of every source, in the order of their paths.
   *
   * @param hashing returns the hash of each of the files
   * @throws IllegalArgumentException in one sentence: a source has no file, a file matches two
   *     sources, the time of a pull folder is not valid, or a folder cannot be read
   */
  public static List<RawFile> find(
      Configuration hadoop,
      Map<String, SourceConfig> sources,
      String rawPath,
      Function<List<RawFile>, List<String>> hashing) {
    return below(
        hadoop,
        rawPath,
        files -> {
          FolderListing listing = files.listed();
          SealedPulls pulls = SealedPulls.of(listing, files.fileSystem, files.root);
          List<RawFile> matched = files.matched(sources, listing, pulls);
          List<String> hashes = hashing.apply(matched);
          List<RawFile> found =
              IntStream.range(0, matched.size())
                  .mapToObj(i -> matched.get(i).withHash(hashes.get(i)))
                  .toList();
          found.forEach(pulls::check);
          return found;
        });
  }

  /** Returns the {@linkplain #hash hash} of each file. */
  public static List<String> hashes(Configuration hadoop, List<RawFile> files) {
    return files.parallelStream().map(file -> hash(hadoop, file)).toList();
  }

  /** Returns a sentence about every file of a pull that is not finished, by its path. */
  public static Map<String, String> unfinished(
      Configuration hadoop, Map<String, SourceConfig> sources, String rawPath) {
    return below(
        hadoop,
        rawPath,
        files -> {
          FolderListing listing = files.listed();
          SealedPulls pulls = SealedPulls.of(listing, files.fileSystem, files.root);
          Map<String, String> waiting = new TreeMap<>();
          for (SourceConfig source : sources.values()) {
            GlobPattern glob = new GlobPattern(source.files());
            for (String file : listing.versions().keySet()) {
              String reason = glob.matches(file) ? pulls.reasonToWait(source, file) : null;
              if (reason != null) {
                waiting.put(file, reason);
              }
            }
          }
          return waiting;
        });
  }

  /** Returns every file below a folder, without source and hash, in the order of the paths. */
  public static List<RawFile> all(Configuration hadoop, String rawPath) {
    return below(
        hadoop,
        rawPath,
        files ->
            files.listed().versions().values().stream()
                .map(version -> files.unhashed("", version, PullTime.of(version.file())))
                .toList());
  }

  /** Returns a sentence about every file below a folder that cannot be read, by its path. */
  public static Map<String, String> faults(Configuration hadoop, String rawPath) {
    return below(hadoop, rawPath, files -> files.listed().faults());
  }

  private interface Search<T> {
    T in(RawFiles files) throws IOException;
  }

  private static <T> T below(Configuration hadoop, String rawPath, Search<T> search) {
    try {
      FileSystem fileSystem = new Path(rawPath).getFileSystem(hadoop);
      return search.in(new RawFiles(fileSystem, fileSystem.makeQualified(new Path(rawPath))));
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw missing(rawPath, e);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(rawPath, e);
    }
  }

  private static IllegalArgumentException missing(String rawPath, Exception cause) {
    return new IllegalArgumentException(
        "raw.path " + rawPath + " does not exist: set raw.path to the folder of raw files.", cause);
  }

  private static IllegalArgumentException unreadable(String rawPath, Exception cause) {
    return new IllegalArgumentException(
        "raw.path " + rawPath + " cannot be read: " + RawBytes.problem(cause), cause);
  }

  private FolderListing listed() throws IOException {
    return FolderListing.of(fileSystem, root);
  }

  private List<RawFile> matched(
      Map<String, SourceConfig> sources, FolderListing listing, SealedPulls pulls) {
    Map<String, RawFile> files = new TreeMap<>();
    sources.forEach(
        (source, config) -> {
          GlobPattern glob = new GlobPattern(config.files());
          listing.faults().entrySet().stream()
              .filter(fault -> glob.matches(fault.getKey()) && !isHidden(fault.getKey()))
              .findFirst()
              .ifPresent(
                  fault -> {
                    throw new IllegalArgumentException(
                        fault.getKey() + " (source " + source + "): " + fault.getValue());
                  });
          List<FileVersion> matches =
              listing.versions().values().stream()
                  .filter(version -> glob.matches(version.file()))
                  .filter(version -> pulls.reasonToWait(config, version.file()) == null)
                  .toList();
          ConfigValidation.that(
              !matches.isEmpty(),
              "source "
                  + source
                  + ": no file below "
                  + root
                  + " matches "
                  + config.files()
                  + (config.needsManifest() ? " in a finished pull" : "")
                  + "; put its files there or correct raw.path or the source's files.");
          matches.forEach(
              version -> add(files, unhashed(source, version, pulls.pull(version.file()))));
        });
    return new ArrayList<>(files.values());
  }

  private RawFile unhashed(String source, FileVersion version, @Nullable PullTime pull) {
    boolean settled = version.modifiedAt().isBefore(listedAt.minus(SETTLING));
    return new RawFile(
        source,
        version.file(),
        root + "/" + version.file(),
        version.bytes(),
        "",
        settled ? version.modifiedAt() : null,
        pull);
  }

  private static boolean isHidden(String file) {
    return HIDDEN.matcher(file).find();
  }

  private static void add(Map<String, RawFile> files, RawFile file) {
    RawFile earlier = files.put(file.file(), file);
    if (earlier != null) {
      throw new IllegalArgumentException(
          file.file()
              + " matches the files of both source "
              + earlier.source()
              + " and source "
              + file.source()
              + ": narrow one of the two globs.");
    }
  }

  /**
   * Returns the SHA-256 of a file's stored bytes, in hexadecimal.
   *
   * @throws UncheckedIOException in one sentence: the file cannot be read
   */
  public static String hash(Configuration hadoop, RawFile file) {
    Path path = new Path(file.location());
    try (InputStream in = RawBytes.unchecked(path.getFileSystem(hadoop)).open(path)) {
      MessageDigest digest = Sha256.digest();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return Sha256.hex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
