package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.trendflow.ingestion.raw.FileVersion;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * Visible ingest and the files that it has read.
 *
 * @param hashes hash of each file by its path, whatever its source was called then
 * @param versions hash of each file that had not changed right before the ingest
 */
record VisibleIngest(
    String id, String configHash, Map<String, String> hashes, Map<FileVersion, String> versions) {

  private VisibleIngest(String id, String configHash) {
    this(id, configHash, new HashMap<>(), new HashMap<>());
  }

  /** Reads the visible ingests, in the order of their ids. */
  static List<VisibleIngest> all(TableStore store) {
    List<String> ids = store.batches(Table.INGESTS);
    Map<String, VisibleIngest> ingests = new HashMap<>();
    for (Row row :
        store
            .read(Table.INGESTS, ids)
            .select(col("ingest_id"), col("config_hash"), explode(col("files")).as("file"))
            .select("ingest_id", "config_hash", "file.*")
            .collectAsList()) {
      VisibleIngest ingest =
          ingests.computeIfAbsent(row.getString(0), id -> new VisibleIngest(id, row.getString(1)));
      String file = row.getAs("file");
      String hash = row.getAs("sha256");
      ingest.hashes.put(file, hash);
      Long modified = row.getAs("modified_millis");
      if (modified != null) {
        ingest.versions.put(
            new FileVersion(file, row.getAs("bytes"), Instant.ofEpochMilli(modified)), hash);
      }
    }
    return ids.stream()
        .map(id -> Objects.requireNonNullElseGet(ingests.get(id), () -> new VisibleIngest(id, "")))
        .toList();
  }

  /** Returns whether the same configuration would still read the same rows from its files. */
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
