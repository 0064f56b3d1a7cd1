package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.trendflow.ingestion.RawFile;
import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Which earlier ingests a new one replaces: those that read some of its files. */
final class Supersession {
  private Supersession() {}

  /**
   * The visible ingests that share a raw file with this one.
   *
   * @param force replace an ingest even if it read files that are no longer there
   * @throws IllegalArgumentException if rows would be lost: an ingest to be replaced has also read
   *     a file that this one does not
   */
  static List<String> of(FileTableStore store, List<RawFile> files, boolean force) {
    Set<String> reading =
        files.stream().map(file -> key(file.source(), file.file())).collect(Collectors.toSet());
    Set<String> superseded = new TreeSet<>();
    List<Row> earlier = earlierFiles(store);
    for (Row row : earlier) {
      if (reading.contains(key(row.getString(1), row.getString(2)))) {
        superseded.add(row.getString(0));
      }
    }
    if (!force) {
      earlier.stream()
          .filter(row -> superseded.contains(row.getString(0)))
          .filter(row -> !reading.contains(key(row.getString(1), row.getString(2))))
          .findFirst()
          .ifPresent(Supersession::refuse);
    }
    return List.copyOf(superseded);
  }

  private static List<Row> earlierFiles(FileTableStore store) {
    return store
        .read(Table.INGESTS)
        .select(col("ingest_id"), explode(col("files")).as("file"))
        .select("ingest_id", "file.source", "file.file")
        .collectAsList();
  }

  private static void refuse(Row lost) {
    throw new IllegalArgumentException(
        ("ingest %s has read %s of source %s, which is no longer among the raw files, together with"
                + " files that are: put it back, or give --force to replace the ingest without it.")
            .formatted(lost.getString(0), lost.getString(2), lost.getString(1)));
  }

  private static String key(String source, String file) {
    return source + "\0" + file;
  }
}
