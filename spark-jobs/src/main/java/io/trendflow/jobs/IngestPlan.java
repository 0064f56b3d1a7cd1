package io.trendflow.jobs;

import io.trendflow.ingestion.EarlierBatches;
import io.trendflow.ingestion.raw.PullTime;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plan of an ingest: the files to read, and the earlier ingests to supersede.
 *
 * <p>A file that an ingest with the same configuration has read is not read again, unless a file to
 * read was known before it or at the same time: the rows of a pull depend on all earlier pulls. A
 * file outside of pull folders may have rows of any time.
 *
 * @param files the files to read
 * @param visible the ingests that were visible
 * @param superseded the visible ingests that have read one of these files, which the new ingest
 *     replaces
 */
record IngestPlan(List<RawFile> files, List<String> visible, List<String> superseded) {

  /**
   * Compares the files with the visible ingests.
   *
   * @param force whether to read every file, and to replace an ingest even if one of its files is
   *     gone
   * @throws IllegalArgumentException if rows would be lost: an ingest to be replaced has also read
   *     a file that no longer exists
   */
  static IngestPlan of(
      List<VisibleIngest> visible, List<RawFile> files, String configHash, boolean force) {
    Map<String, RawFile> found =
        files.stream().collect(Collectors.toMap(RawFile::file, Function.identity()));
    List<VisibleIngest> standing =
        force
            ? new ArrayList<>()
            : visible.stream()
                .filter(ingest -> ingest.stands(configHash, found))
                .collect(Collectors.toCollection(ArrayList::new));
    List<RawFile> unread = unread(files, standing);
    while (standing.removeIf(ingest -> isTouched(ingest, unread, found))) {
      unread.clear();
      unread.addAll(unread(files, standing));
    }
    Set<String> reading = unread.stream().map(RawFile::file).collect(Collectors.toSet());
    List<VisibleIngest> superseded =
        visible.stream()
            .filter(ingest -> ingest.hashes().keySet().stream().anyMatch(reading::contains))
            .toList();
    if (!force) {
      superseded.forEach(ingest -> checkNothingIsLost(ingest, reading));
    }
    return new IngestPlan(
        List.copyOf(unread),
        visible.stream().map(VisibleIngest::id).toList(),
        superseded.stream().map(VisibleIngest::id).toList());
  }

  /** Returns the ingests that stay visible beside the new one. */
  List<String> standing() {
    return visible.stream().filter(id -> !superseded.contains(id)).toList();
  }

  /** Returns the rows of the ingests that stay visible. */
  EarlierBatches earlier(TableStore store) {
    return new EarlierBatches(
        store.read(Table.DAILY_SALES, standing()), store.read(Table.CATALOG, standing()));
  }

  /**
   * Checks right before the commit that the plan still holds.
   *
   * @throws IllegalStateException if another ingest was committed since
   */
  void checkStillTrue(TableStore store) {
    if (!store.batches(Table.INGESTS).equals(visible)) {
      throw new IllegalStateException(
          "Another ingest was committed while this one ran, and both may contain the same rows:"
              + " run it again.");
    }
  }

  private static List<RawFile> unread(List<RawFile> files, List<VisibleIngest> standing) {
    Set<String> read = new HashSet<>();
    standing.forEach(ingest -> read.addAll(ingest.hashes().keySet()));
    return files.stream()
        .filter(file -> !read.contains(file.file()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  // A file to read that was known before or at the same time as one of the ingest's files changes
  // the ingest's rows.
  private static boolean isTouched(
      VisibleIngest ingest, List<RawFile> unread, Map<String, RawFile> found) {
    Optional<Instant> earliest = unread.stream().map(IngestPlan::knownAt).min(Instant::compareTo);
    return earliest.isPresent()
        && ingest.hashes().keySet().stream()
            .map(found::get)
            .filter(Objects::nonNull)
            .anyMatch(file -> !knownAt(file).isBefore(earliest.get()));
  }

  private static Instant knownAt(RawFile file) {
    PullTime pull = file.pull();
    return pull == null ? Instant.MIN : pull.knownAt();
  }

  private static void checkNothingIsLost(VisibleIngest ingest, Set<String> reading) {
    ingest.hashes().keySet().stream()
        .filter(file -> !reading.contains(file))
        .findFirst()
        .ifPresent(
            lost -> {
              throw new IllegalArgumentException(
                  ("Ingest %s has read %s, which is no longer among the raw files, together with"
                          + " files that still are: put the file back, or use --force to replace the ingest"
                          + " without its rows.")
                      .formatted(ingest.id(), lost));
            });
  }
}
