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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds and hashes the files below {@code raw.path}, on any file system that Hadoop reaches. */
public final class RawFiles {
  private static final Pattern HIDDEN = Pattern.compile("(^|/)_");

  private final FileSystem fileSystem;
  private final Path root;

  private RawFiles(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  public static List<RawFile> find(
      Configuration hadoop, Map<String, SourceConfig> sources, String rawPath) {
    return below(
        hadoop,
        rawPath,
        files -> {
          FolderListing listing = files.listed();
          SealedPulls pulls = SealedPulls.of(listing, files.fileSystem, files.root);
          List<RawFile> found = files.hashed(files.matched(sources, listing, pulls));
          found.forEach(pulls::check);
          return found;
        });
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
            for (String file : listing.sizes().keySet()) {
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
            files.listed().sizes().entrySet().stream()
                .map(
                    file ->
                        new RawFile(
                            "",
                            file.getKey(),
                            files.root + "/" + file.getKey(),
                            file.getValue(),
                            "",
                            PullTime.of(file.getKey())))
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
    Map<String, Long> sizes = listing.sizes();
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
          List<String> matches =
              sizes.keySet().stream()
                  .filter(glob::matches)
                  .filter(file -> pulls.reasonToWait(config, file) == null)
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
              file ->
                  add(
                      files,
                      new RawFile(
                          source,
                          file,
                          root + "/" + file,
                          sizes.getOrDefault(file, 0L),
                          "",
                          pulls.pull(file))));
        });
    return new ArrayList<>(files.values());
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

  private List<RawFile> hashed(List<RawFile> files) {
    return files.parallelStream().map(this::hashed).toList();
  }

  private RawFile hashed(RawFile file) {
    try (InputStream in = RawBytes.unchecked(fileSystem).open(new Path(file.location()))) {
      MessageDigest digest = Sha256.digest();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      String sha256 = Sha256.hex(digest);
      return new RawFile(
          file.source(), file.file(), file.location(), file.bytes(), sha256, file.pull());
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
