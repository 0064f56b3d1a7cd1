package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.trendflow.ingestion.EarlierBatches;
import io.trendflow.ingestion.raw.PullTime;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * What an ingest has to read, going by what earlier ones have read.
 *
 * <p>A file that an ingest of the same configuration has read is not read again, unless something
 * is to be read that was known before it or at the same time: what a pull says anew depends on all
 * pulls before it. A file outside of pull folders may say something about any time.
 *
 * @param files what is to be read
 * @param visible the ingests that were visible
 * @param superseded those of them that the new ingest replaces: those that read some of its files
 */
record IngestPlan(List<RawFile> files, List<String> visible, List<String> superseded) {

  /**
   * A visible ingest.
   *
   * @param hashes of its files, whatever their sources were called then
   */
  private record Ingested(String id, String configHash, Map<String, String> hashes) {

    /** Whether its rows are what the same configuration would make of its files. */
    boolean stands(String hashOfConfig, Map<String, RawFile> found) {
      return configHash.equals(hashOfConfig)
          && hashes.entrySet().stream()
              .allMatch(
                  file -> {
                    RawFile now = found.get(file.getKey());
                    return now == null || now.sha256().equals(file.getValue());
                  });
    }
  }

  /**
   * Compares the files that are there with the visible ingests.
   *
   * @param force read everything, and replace an ingest even if a file of it is gone
   * @throws IllegalArgumentException if rows would be lost: an ingest to be replaced has also read
   *     a file that is no longer there
   */
  static IngestPlan of(TableStore store, List<RawFile> files, String configHash, boolean force) {
    Map<String, RawFile> found =
        files.stream().collect(Collectors.toMap(RawFile::file, Function.identity()));
    List<Ingested> visible = visible(store);
    List<Ingested> standing =
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
    List<Ingested> superseded =
        visible.stream()
            .filter(ingest -> ingest.hashes().keySet().stream().anyMatch(reading::contains))
            .toList();
    if (!force) {
      superseded.forEach(ingest -> checkNothingIsLost(ingest, reading));
    }
    return new IngestPlan(
        List.copyOf(unread),
        visible.stream().map(Ingested::id).toList(),
        superseded.stream().map(Ingested::id).toList());
  }

  /** The ingests that stay visible beside the new one. */
  List<String> standing() {
    return visible.stream().filter(id -> !superseded.contains(id)).toList();
  }

  /** What they hold. */
  EarlierBatches earlier(TableStore store) {
    return new EarlierBatches(
        store.read(Table.DAILY_SALES, standing()), store.read(Table.CATALOG, standing()));
  }

  /**
   * To be called right before the commit.
   *
   * @throws IllegalStateException if another ingest was committed since
   */
  void checkStillTrue(TableStore store) {
    if (!store.batches(Table.INGESTS).equals(visible)) {
      throw new IllegalStateException(
          "Another ingest was committed while this one ran, so that this one may repeat its rows:"
              + " run it again.");
    }
  }

  private static List<Ingested> visible(TableStore store) {
    List<String> ids = store.batches(Table.INGESTS);
    Map<String, Ingested> ingests = new HashMap<>();
    for (Row row :
        store
            .read(Table.INGESTS, ids)
            .select(col("ingest_id"), col("config_hash"), explode(col("files")).as("file"))
            .select("ingest_id", "config_hash", "file.file", "file.sha256")
            .collectAsList()) {
      ingests
          .computeIfAbsent(
              row.getString(0), id -> new Ingested(id, row.getString(1), new HashMap<>()))
          .hashes()
          .put(row.getString(2), row.getString(3));
    }
    return ids.stream()
        .map(id -> Objects.requireNonNullElse(ingests.get(id), new Ingested(id, "", Map.of())))
        .toList();
  }

  private static List<RawFile> unread(List<RawFile> files, List<Ingested> standing) {
    Set<String> read = new HashSet<>();
    standing.forEach(ingest -> read.addAll(ingest.hashes().keySet()));
    return files.stream()
        .filter(file -> !read.contains(file.file()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Whether something to be read was known before a file of the ingest, or with it. */
  private static boolean isTouched(
      Ingested ingest, List<RawFile> unread, Map<String, RawFile> found) {
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

  private static void checkNothingIsLost(Ingested ingest, Set<String> reading) {
    ingest.hashes().keySet().stream()
        .filter(file -> !reading.contains(file))
        .findFirst()
        .ifPresent(
            lost -> {
              throw new IllegalArgumentException(
                  ("ingest %s has read %s, which is no longer among the raw files, together with"
                          + " files that are: put it back, or give --force to replace the ingest"
                          + " without it.")
                      .formatted(ingest.id(), lost));
            });
  }
}
