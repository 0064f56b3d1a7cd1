package io.trendflow.ingestion;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.GzipCodec;
import org.jspecify.annotations.Nullable;

/** Streams the records of one file; whatever is wrong with the file as a whole is a refusal. */
final class CsvFile implements AutoCloseable {
  private final RawFile file;
  private final CsvConfig config;
  private final CloseableIterator<String[]> lines;
  private final Header header;
  private long records;

  CsvFile(RawFile file, CsvConfig config, Configuration hadoop) throws Refusal {
    this.file = file;
    this.config = config;
    try {
      this.lines = parser(config).build(StringArrayHandler.of(), text(hadoop)).iterator();
    } catch (IOException e) {
      throw refusal(e);
    }
    String[] names = line();
    if (names == null) {
      throw new Refusal(
          file.label() + " is empty: it needs a header line; remove it or replace it.");
    }
    this.header = new Header(file, names);
  }

  Header header() {
    return header;
  }

  /** The next record, with as many fields as it has; null at the end. Blank lines are no record. */
  String @Nullable [] next() throws Refusal {
    String[] fields = line();
    while (fields != null && header.size() > 1 && fields.length == 1 && fields[0].isBlank()) {
      fields = line();
    }
    records += fields == null ? 0 : 1;
    return fields;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be closed", e);
    }
  }

  private String @Nullable [] line() throws Refusal {
    try {
      return lines.hasNext() ? lines.next() : null;
    } catch (CsvParseException | UncheckedIOException e) {
      throw refusal(e);
    }
  }

  private static CsvReader.CsvReaderBuilder parser(CsvConfig config) {
    return CsvReader.builder()
        .fieldSeparator(config.delimiter())
        .allowExtraFields(true)
        .allowMissingFields(true)
        .skipEmptyLines(true);
  }

  private Reader text(Configuration hadoop) throws IOException {
    // A decoder, unlike a charset, reports bytes that do not belong to the encoding.
    Reader reader =
        new BufferedReader(
            new InputStreamReader(bytes(hadoop), config.charset().newDecoder()), 1 << 16);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return new QuoteGuard(reader, config.delimiter().charAt(0));
  }

  /** Hadoop's gzip reads files of several members to the end, whatever the file system. */
  private InputStream bytes(Configuration hadoop) throws IOException {
    Path path = new Path(file.location());
    InputStream in = path.getFileSystem(hadoop).open(path);
    if (!file.file().endsWith(".gz")) {
      return in;
    }
    GzipCodec codec = new GzipCodec();
    codec.setConf(hadoop);
    return codec.createInputStream(in);
  }

  private Refusal refusal(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String where = file.label() + ", after record " + records + ": ";
    if (cause instanceof CharacterCodingException) {
      return new Refusal(
          where
              + "the text is not "
              + config.encoding()
              + "; set csv.encoding of the source, for example to windows-1252.");
    }
    if (cause instanceof EOFException) {
      return new Refusal(where + "the gzip data is cut off; copy the file again.");
    }
    if (cause instanceof CsvParseException || cause instanceof QuoteGuard.OpenQuote) {
      return new Refusal(where + "malformed CSV (" + cause.getMessage() + "); correct the quotes.");
    }
    return new Refusal(where + "it cannot be read (" + cause.getMessage() + ").");
  }
}
