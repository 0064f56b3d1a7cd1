package io.trendflow.ingestion.raw;

import org.jspecify.annotations.Nullable;

/** The records of one file as texts. Whatever is wrong with the file as a whole is a refusal. */
public interface RecordFile extends AutoCloseable {
  /** The columns. */
  FileHeader header();

  /** The next record, with as many fields as it has; null at the end. */
  String @Nullable [] next() throws FileRejectedException;

  @Override
  void close();
}
