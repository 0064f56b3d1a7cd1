package io.trendflow.ingestion.raw;

import org.jspecify.annotations.Nullable;

/**
 * Records of one file as texts. A defect of the file as a whole is a {@link FileRejectedException}.
 */
public interface RecordFile extends AutoCloseable {
  /** Returns the columns. */
  FileHeader header();

  /** Returns the next record, with as many fields as the file has for it; null at the end. */
  String @Nullable [] next() throws FileRejectedException;

  @Override
  void close();
}
