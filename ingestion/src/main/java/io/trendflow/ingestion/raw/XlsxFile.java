package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FormatConfig;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Records of one sheet of an Excel workbook, read row by row. Dates and times come in ISO form,
 * numbers with the 15 digits that a spreadsheet computes with.
 */
public final class XlsxFile implements RecordFile {
  private final RawFile file;
  private final ZipInputStream zip;
  private final SheetRows rows;
  private FileHeader header;
  private long records;

  private XlsxFile(RawFile file, ZipInputStream zip, SheetRows rows) {
    this.file = file;
    this.zip = zip;
    this.rows = rows;
    this.header = new FileHeader(file);
  }

  /**
   * Opens the sheet that the format names, or the first visible one, at its header.
   *
   * @throws FileRejectedException if the file is not such a workbook or has no such sheet
   */
  public static XlsxFile open(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    XlsxFile opened = rows(file, format, hadoop);
    String[] names = opened.nextRow(format.skipLines());
    if (names == null) {
      opened.close();
      throw new FileRejectedException(
          file.label()
              + " has no rows in its sheet: set format.records to the name of another sheet.");
    }
    opened.header = new FileHeader(file, names);
    return opened;
  }

  /** Returns the first rows of a sheet with their numbers, from 1. */
  public static List<NumberedLine> head(
      RawFile file, FormatConfig format, Configuration hadoop, int most)
      throws FileRejectedException {
    List<NumberedLine> lines = new ArrayList<>();
    try (XlsxFile opened = rows(file, format, hadoop)) {
      String[] row = opened.nextRow(0);
      while (row != null && lines.size() < most) {
        lines.add(new NumberedLine(opened.rows.number(), List.of(row)));
        row = opened.nextRow(0);
      }
    }
    return lines;
  }

  /** Returns the names of the visible sheets. */
  public static List<String> sheets(RawFile file, Configuration hadoop)
      throws FileRejectedException {
    try {
      return book(file, hadoop).visibleSheets();
    } catch (IOException | XMLStreamException | RuntimeException | OutOfMemoryError e) {
      throw refusal(file, 0, e);
    }
  }

  private static XlsxFile rows(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    try {
      WorkbookParts book = book(file, hadoop);
      String part = book.part(format.records());
      if (part == null) {
        throw new FileRejectedException(
            file.label()
                + " has no sheet "
                + format.records()
                + ": its sheets are "
                + QuotedText.shortened(book.visibleSheets())
                + "; correct format.records of the source.");
      }
      ZipInputStream zip = zip(file, hadoop);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(part)) {
          return new XlsxFile(file, zip, new SheetRows(file, book, reader(zip)));
        }
      }
      zip.close();
      throw new FileRejectedException(
          file.label() + " is an Excel workbook without its sheet: save it again.");
    } catch (IOException | XMLStreamException | RuntimeException | OutOfMemoryError e) {
      throw refusal(file, 0, e);
    }
  }

  private static WorkbookParts book(RawFile file, Configuration hadoop)
      throws IOException, XMLStreamException {
    WorkbookParts book = new WorkbookParts();
    try (ZipInputStream zip = zip(file, hadoop)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (WorkbookParts.isPart(entry.getName())) {
          book.read(entry.getName(), reader(zip));
        }
      }
    }
    return book;
  }

  private static ZipInputStream zip(RawFile file, Configuration hadoop) throws IOException {
    Path path = new Path(file.location());
    InputStream in = RawBytes.unchecked(path.getFileSystem(hadoop)).open(path);
    // The guard counts what the entries unpack to, because the stream skips the others by reading.
    return new ZipInputStream(in) {
      private final long limit =
          Math.max(ExpansionGuard.ALWAYS, file.bytes() * ExpansionGuard.MOST_TIMES);
      private long unpacked;

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        unpacked += Math.max(n, 0);
        ExpansionGuard.check(unpacked, limit);
        return n;
      }
    };
  }

  private static XMLStreamReader reader(ZipInputStream zip) throws XMLStreamException {
    // The parser closes its stream at the end of an entry, which is not the end of the archive.
    InputStream entry =
        new FilterInputStream(zip) {
          @Override
          public void close() {
            // The archive is closed when all of its entries have been read.
          }
        };
    return XmlFile.reader(new InputStreamReader(entry, StandardCharsets.UTF_8));
  }

  @Override
  public FileHeader header() {
    return header;
  }

  @Override
  public String @Nullable [] next() throws FileRejectedException {
    String[] row = nextRow(0);
    if (row == null) {
      return null;
    }
    records++;
    if (row.length >= header.size()) {
      return row;
    }
    String[] padded = Arrays.copyOf(row, header.size());
    Arrays.fill(padded, row.length, padded.length, "");
    return padded;
  }

  /** Returns the next row that is not blank and is below a number of rows; null at the end. */
  private String @Nullable [] nextRow(int after) throws FileRejectedException {
    try {
      String[] row = rows.next();
      while (row != null && (row.length == 0 || rows.number() <= after)) {
        row = rows.next();
      }
      return row;
    } catch (XMLStreamException | RuntimeException | OutOfMemoryError e) {
      throw refusal(file, records, e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be closed", e);
    }
  }

  private static FileRejectedException refusal(RawFile file, long records, Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new FileRejectedException(
        file.label()
            + ", after record "
            + records
            + ": it cannot be read as an Excel workbook ("
            + RawBytes.problem(cause)
            + "); save it again as .xlsx or as CSV.");
  }
}
