package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.PullManifest.PulledFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Manifests of the pulls below a folder: which pulls can be read, and with which files. */
final class SealedPulls {
  /** Offset from UTC of the time zone in which a day is over first. */
  private static final Duration EARLIEST_ZONE = Duration.ofHours(14);

  private final Map<String, PullManifest> manifests = new TreeMap<>();

  private SealedPulls() {}

  /**
   * Reads the manifests of a listing.
   *
   * @throws IllegalArgumentException in one sentence: a manifest is not valid, or a file that it
   *     names does not exist
   */
  static SealedPulls of(FolderListing listing, FileSystem fileSystem, Path root)
      throws IOException {
    SealedPulls pulls = new SealedPulls();
    for (String file : listing.manifests()) {
      PullTime pull = PullTime.of(file);
      if (pull != null) {
        PullManifest manifest = parsed(file, bytes(fileSystem, new Path(root + "/" + file)));
        check(file, manifest, pull, listing.versions().keySet());
        pulls.manifests.put(PullTime.folderOf(file), manifest);
      }
    }
    return pulls;
  }

  private static byte[] bytes(FileSystem fileSystem, Path path) throws IOException {
    try (InputStream in = RawBytes.unchecked(fileSystem).open(path)) {
      return in.readAllBytes();
    }
  }

  private static PullManifest parsed(String file, byte[] json) {
    try {
      return PullManifest.parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " is not a valid manifest (" + e.getMessage() + "): write it again.", e);
    }
  }

  private static void check(
      String file, PullManifest manifest, PullTime pull, Set<String> existing) {
    if (!manifest.complete()) {
      return;
    }
    for (PulledFile named : manifest.files()) {
      if (!existing.contains(PullTime.folderOf(file) + named.name())) {
        throw new IllegalArgumentException(
            file + " names " + named.name() + ", which does not exist: put the file back.");
      }
    }
    LocalDate today = pull.completeUntil().plus(EARLIEST_ZONE).atZone(ZoneOffset.UTC).toLocalDate();
    for (PullDays days : Objects.requireNonNullElse(manifest.days(), List.<PullDays>of())) {
      if (!days.to().isBefore(today)) {
        throw new IllegalArgumentException(
            file
                + " has days up to "
                + days.to()
                + ", which was not over at the pull: name only days that were over.");
      }
    }
  }

  /** Returns why a file is not read yet; null if it is read. */
  @Nullable String reasonToWait(SourceConfig source, String file) {
    PullManifest manifest = manifests.get(PullTime.folderOf(file));
    if (manifest == null) {
      return source.needsManifest()
          ? "it is left out, because its folder has no "
              + PullManifest.FILE
              + ": the pull was not finished."
          : null;
    }
    return manifest.complete()
        ? null
        : "it is left out, because the manifest of its folder says complete: false.";
  }

  /** Returns the time of the pull of a file, with the days of the manifest. */
  @Nullable PullTime pull(String file) {
    PullTime pull = PullTime.of(file);
    PullManifest manifest = manifests.get(PullTime.folderOf(file));
    return pull == null || manifest == null ? pull : pull.withDays(manifest.days());
  }

  /**
   * Rejects a file whose bytes differ from what its manifest says.
   *
   * @throws IllegalArgumentException in one sentence
   */
  void check(RawFile file) {
    String folder = PullTime.folderOf(file.file());
    PullManifest manifest = manifests.get(folder);
    if (manifest == null) {
      return;
    }
    String name = file.file().substring(folder.length());
    PulledFile named =
        manifest.files().stream()
            .filter(own -> own.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        file.label()
                            + " is not named in the "
                            + PullManifest.FILE
                            + " of its folder: remove the file, or name it there."));
    if (!named.sha256().equalsIgnoreCase(file.sha256())) {
      throw new IllegalArgumentException(
          file.label()
              + " differs from its manifest, which has the hash "
              + named.sha256()
              + ": copy the file again.");
    }
  }
}
