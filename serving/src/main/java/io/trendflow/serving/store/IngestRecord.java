package io.trendflow.serving.store;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of {@code quality.ingests}, which its contract describes: a finished ingest. */
public record IngestRecord(
    String ingestId,
    List<File> files,
    List<Exclusion> exclusions,
    List<Rejection> rejections,
    List<Extent> sources) {

  /** A raw file's records. */
  public record File(String source, long read, long accepted, long excluded, long rejected) {}

  /** Records that a filter left out. */
  public record Exclusion(String source, String rule, long records) {}

  /** Records that are defects. */
  public record Rejection(String source, String reason, long records) {}

  /** The days that a source has rows of. */
  record Extent(
      String source, String kind, @Nullable LocalDate firstDay, @Nullable LocalDate watermark) {}
}
