package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FormatConfig;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.GzipCodec;
import org.jspecify.annotations.Nullable;

/** Opens the unpacked bytes of a raw file, as they are or as text. */
public final class RawBytes {
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:: *)?");

  private RawBytes() {}

  /** Opens a plain, gzip or zip file, according to its name. */
  public static InputStream open(RawFile file, Configuration hadoop) throws IOException {
    Path path = new Path(file.location());
    InputStream in = unchecked(path.getFileSystem(hadoop)).open(path);
    String name = file.file().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      // Hadoop's gzip codec reads all members of a file, on every file system.
      GzipCodec codec = new GzipCodec();
      codec.setConf(hadoop);
      return new ExpansionGuard(codec.createInputStream(in), file.bytes());
    }
    return name.endsWith(".zip")
        ? new ExpansionGuard(onlyEntry(new ZipInputStream(in)), file.bytes())
        : in;
  }

  /**
   * Returns a local file system without Hadoop's checksum files, whose names cannot be made from
   * the name of a file with a colon.
   */
  static FileSystem unchecked(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /** Opens text without its byte order mark. */
  static Reader text(RawFile file, FormatConfig format, Configuration hadoop) throws IOException {
    // A decoder, unlike a charset, reports bytes that are not valid in the encoding.
    Reader reader =
        new BufferedReader(
            new InputStreamReader(open(file, hadoop), format.charset().newDecoder()), 1 << 16);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  /** Returns the exception for a file that cannot be read any further. */
  public static FileRejectedException refusal(
      RawFile file, FormatConfig format, long records, Exception problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String where = file.label() + ", after record " + records + ": ";
    if (cause instanceof CharacterCodingException) {
      return new FileRejectedException(
          where
              + "the text is not "
              + format.encoding()
              + "; set format.encoding of the source, for example to windows-1252.");
    }
    if (cause instanceof EOFException) {
      String packing = file.file().toLowerCase(Locale.ROOT).endsWith(".zip") ? "zip" : "gzip";
      return new FileRejectedException(
          where + "the " + packing + " data is cut off; copy the file again.");
    }
    return new FileRejectedException(where + "it cannot be read (" + problem(cause) + ").");
  }

  /** Returns the first line of an exception's message without the names of classes. */
  static String problem(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage().strip();
    String line = CLASS_NAME.matcher(message.lines().findFirst().orElse("")).replaceAll("");
    if (!line.isBlank()) {
      return line;
    }
    return cause instanceof OutOfMemoryError
        ? "it needs more memory than there is"
        : "its content is not valid";
  }

  private static InputStream onlyEntry(ZipInputStream zip) throws IOException {
    ZipEntry entry = nextFile(zip);
    if (entry == null) {
      throw new ZipException("the zip contains no file or is not a zip");
    }
    return new OnlyEntry(zip, entry.getName());
  }

  private static @Nullable ZipEntry nextFile(ZipInputStream zip) throws IOException {
    try {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && (entry.isDirectory() || entry.getName().startsWith("__MACOSX/"))) {
        entry = zip.getNextEntry();
      }
      return entry;
    } catch (IllegalArgumentException e) {
      // The JDK throws this if a name is not valid UTF-8.
      throw new ZipException("the zip contains a file name that is not UTF-8; pack it again");
    }
  }

  /** Fails at its end if the zip contains a second file, whose records would be lost unnoticed. */
  private static final class OnlyEntry extends FilterInputStream {
    private final ZipInputStream zip;
    private final String name;

    OnlyEntry(ZipInputStream zip, String name) {
      super(zip);
      this.zip = zip;
      this.name = name;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = zip.read(buffer, offset, length);
      if (n < 0) {
        ZipEntry second = nextFile(zip);
        if (second != null) {
          throw new ZipException(
              "the zip contains " + name + " and " + second.getName() + "; unpack it first");
        }
      }
      return n;
    }
  }
}
