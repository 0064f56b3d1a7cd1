package io.trendflow.serving.store;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of {@code quality.ingests}, described by its contract: a finished ingest. */
public record IngestRecord(
    String ingestId,
    List<File> files,
    List<Exclusion> exclusions,
    List<Rejection> rejections,
    List<Extent> sources) {

  /** Number of records of a raw file, by outcome. */
  public record File(String source, long read, long accepted, long excluded, long rejected) {}

  /** Number of records that a filter excluded. */
  public record Exclusion(String source, String rule, long records) {}

  /** Number of records that were rejected. */
  public record Rejection(String source, String reason, long records) {}

  /** Days of which a source has rows. */
  record Extent(
      String source, String kind, @Nullable LocalDate firstDay, @Nullable LocalDate watermark) {}
}
