package io.trendflow.collection.landing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Storage of raw files. A file exists with all of its bytes or not at all. */
public interface LandingStore {
  /** Returns the names of the folders in a folder; none if the folder does not exist. */
  List<String> folders(String folder) throws IOException;

  /** Returns the bytes of a file; empty if it does not exist. */
  Optional<byte[]> read(String path) throws IOException;

  /** Creates a file, which exists once the stream is closed. */
  OutputStream create(String path) throws IOException;

  /** Creates an empty file and returns true, or returns false if it exists. */
  boolean claim(String path) throws IOException;
}
