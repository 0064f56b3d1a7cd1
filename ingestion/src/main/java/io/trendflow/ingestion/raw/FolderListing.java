package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.ConfigValidation;
import io.trendflow.schemas.PullManifest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Files below a folder.
 *
 * @param versions size and last change of each file that can be read, by its path below the folder
 * @param faults sentence about each file that cannot be read or is hidden, by its path
 * @param manifests paths of the manifests of pulls
 */
record FolderListing(
    Map<String, FileVersion> versions, Map<String, String> faults, Set<String> manifests) {
  private static final Pattern HIDDEN = Pattern.compile("(^|/)[._]");
  private static final Pattern MARKERS =
      Pattern.compile("(?:.*/)?(?:\\..*|_SUCCESS|_committed.*|_started.*|_temporary/.*|.*\\.crc)");

  /** Lists the files, without following a link into a folder that contains the link. */
  static FolderListing of(FileSystem fileSystem, Path root) throws IOException {
    FolderListing listing = new FolderListing(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    if (fileSystem instanceof LocalFileSystem || fileSystem instanceof RawLocalFileSystem) {
      listing.walk(java.nio.file.Path.of(root.toUri().getPath()));
      return listing;
    }
    int prefix = root.toUri().getPath().length();
    RemoteIterator<LocatedFileStatus> statuses = fileSystem.listFiles(root, true);
    while (statuses.hasNext()) {
      LocatedFileStatus status = statuses.next();
      String file = status.getPath().toUri().getPath().substring(prefix).replaceFirst("^/", "");
      listing.add(file, status.getLen(), status.getModificationTime());
    }
    return listing;
  }

  private void add(String file, long bytes, long modifiedAt) {
    if (file.endsWith("/" + PullManifest.FILE)) {
      manifests.add(file);
    } else if (!HIDDEN.matcher(file).find()) {
      versions.put(file, new FileVersion(file, bytes, Instant.ofEpochMilli(modifiedAt)));
    } else if (!MARKERS.matcher(file).matches()) {
      faults.put(
          file,
          "it is left out, because its name or its folder's begins with _: rename it to use it.");
    }
  }

  private void walk(java.nio.file.Path root) throws IOException {
    ConfigValidation.that(
        !Files.isRegularFile(root),
        "raw.path " + root + " is a file: set raw.path to the folder of the raw files.");
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(
              java.nio.file.Path path, BasicFileAttributes attributes) {
            visit(root.relativize(path).toString(), attributes);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(java.nio.file.Path path, IOException e)
              throws IOException {
            if (path.equals(root)) {
              throw e;
            }
            faults.put(printable(root.relativize(path).toString()), fault(e));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void visit(String file, BasicFileAttributes attributes) {
    if (file.indexOf('\uFFFD') >= 0) {
      faults.put(
          printable(file),
          "its name is not UTF-8: rename it, or set the environment variable LC_ALL to C.UTF-8.");
    } else if (attributes.isRegularFile()) {
      add(file, attributes.size(), attributes.lastModifiedTime().toMillis());
    } else if (attributes.isSymbolicLink()) {
      faults.put(file, "it is a link to a file that does not exist: replace it with the file.");
    } else {
      faults.put(
          file, "it is a pipe or a device, not a file: write its content into a file instead.");
    }
  }

  private static String printable(String file) {
    return file.replace('\uFFFD', '?');
  }

  private static String fault(IOException e) {
    if (e instanceof FileSystemLoopException) {
      return "it is a link to a folder that contains the link: remove it.";
    }
    return e instanceof AccessDeniedException
        ? "it may not be read by this user: change its permissions."
        : "it cannot be read (" + RawBytes.problem(e) + ").";
  }
}
