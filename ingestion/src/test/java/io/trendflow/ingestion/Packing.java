package io.trendflow.ingestion;

import io.trendflow.ingestion.raw.RawFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Compression of a test's file. */
enum Packing {
  PLAIN(""),
  GZIP(".gz"),
  ZIP(".zip");

  private final String suffix;

  Packing(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the end of the file's name. */
  String suffix() {
    return suffix;
  }

  byte[] pack(byte[] bytes) {
    return switch (this) {
      case PLAIN -> bytes;
      case GZIP -> RawFolder.gzip(bytes);
      case ZIP -> zip("folder/", "folder/table", bytes);
    };
  }

  /** Writes a zip that contains a folder and a file. */
  static byte[] zip(String folder, String name, byte[] unpacked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(folder));
      zip.putNextEntry(new ZipEntry(name));
      zip.write(unpacked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
