package io.trendflow.ingestion.raw;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.trendflow.ingestion.config.FormatConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Lines of delimited text without quotes; a quoted line break does not end a line. */
public final class CsvLines implements AutoCloseable {
  private final RawFile file;
  private final FormatConfig format;
  private final CloseableIterator<String[]> lines;
  private long read;

  public CsvLines(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    this.file = file;
    this.format = format;
    try {
      Reader text = RawBytes.text(file, format, hadoop);
      int skipped = HeaderSkipper.skip(text, format.skipLines());
      this.lines =
          parser(format)
              .build(
                  StringArrayHandler.of(),
                  new UnclosedQuoteReader(text, format.delimiter().charAt(0), skipped))
              .iterator();
    } catch (IOException e) {
      throw RawBytes.refusal(file, format, 0, e);
    }
  }

  /**
   * Returns the first lines with their numbers, from 1; a line such as {@code sep=;} is not
   * counted.
   *
   * @throws FileRejectedException if the file cannot be read as delimited text
   */
  public static List<NumberedLine> head(
      RawFile file, FormatConfig format, Configuration hadoop, int most)
      throws FileRejectedException {
    List<NumberedLine> lines = new ArrayList<>();
    try {
      Reader text = RawBytes.text(file, format, hadoop);
      HeaderSkipper.skip(text, 0);
      try (CloseableIterator<CsvRecord> records = parser(format).ofCsvRecord(text).iterator()) {
        while (lines.size() < most && records.hasNext()) {
          CsvRecord record = records.next();
          lines.add(new NumberedLine(record.getStartingLineNumber(), record.getFields()));
        }
      }
    } catch (CsvParseException e) {
      // The lines before the malformed one may already show the header.
      return lines;
    } catch (IOException | UncheckedIOException e) {
      throw RawBytes.refusal(file, format, 0, e);
    }
    return lines;
  }

  /** Returns the fields of the next line that is not empty; null at the end. */
  public String @Nullable [] next() throws FileRejectedException {
    try {
      String[] line = lines.hasNext() ? lines.next() : null;
      read++;
      return line;
    } catch (CsvParseException | UncheckedIOException e) {
      throw refusal(e);
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be closed", e);
    }
  }

  private static CsvReader.CsvReaderBuilder parser(FormatConfig format) {
    return CsvReader.builder()
        .fieldSeparator(format.delimiter())
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .skipEmptyLines(true);
  }

  private FileRejectedException refusal(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    // The first line is the header.
    long records = Math.max(0, read - 1);
    if (cause instanceof CsvParseException || cause instanceof UnclosedQuoteReader.OpenQuote) {
      return new FileRejectedException(
          file.label()
              + ", after record "
              + records
              + ": malformed CSV ("
              + cause.getMessage()
              + "); correct the quotes.");
    }
    return RawBytes.refusal(file, format, records, e);
  }
}
