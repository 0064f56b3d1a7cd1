package io.trendflow.ingestion.init;

import io.trendflow.ingestion.clean.RecordFiles;
import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.raw.CsvLines;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.NumberedLine;
import io.trendflow.ingestion.raw.RawBytes;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import io.trendflow.ingestion.raw.XlsxFile;
import io.trendflow.schemas.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Guesses the format of a raw file by its content, not its name. */
public final class FormatSniffer {
  /**
   * Number of bytes read to guess the encoding, which is enough for most files; the check reads all
   * bytes.
   */
  private static final int BYTES = 1 << 24;

  private static final int TEXT = 1 << 16;

  private static final Pattern LIST = Pattern.compile("\\[\\s*[\\[{\"\\]\\d]");

  private static final Pattern HTML =
      Pattern.compile(
          "^(?:<\\?xml[^>]*>|<!--.*?-->|\\s)*<(?:!doctype html|html|head|body|table|meta|div|style)\\b");

  private final Configuration hadoop;
  private final Map<String, List<String>> otherSheets = new TreeMap<>();

  public FormatSniffer(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Guesses the form of a file from its beginning.
   *
   * @throws FileRejectedException if no format can read the file
   */
  RawShape shape(RawFile file) throws FileRejectedException {
    if (file.file().replaceFirst(".*/", "").startsWith("~$")) {
      throw new FileRejectedException(
          "it marks a spreadsheet that is open in an office program: close that program.");
    }
    byte[] bytes = bytes(file);
    String head = new String(bytes, 0, Math.min(bytes.length, 4), StandardCharsets.ISO_8859_1);
    if (head.equals("PAR1")) {
      return columns(
          file,
          new RawShape(new FormatConfig(FileFormat.PARQUET, null, null, null), null, List.of()));
    }
    if (head.startsWith("PK")) {
      return workbook(file);
    }
    if (head.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      throw new FileRejectedException(
          "it is a file of an old Office format, or a protected one: if it is a spreadsheet such as"
              + " .xls, open it and save its sheet as .xlsx or CSV.");
    }
    String encoding = EncodingGuess.of(bytes);
    String text =
        new String(bytes, 0, Math.min(bytes.length, TEXT), Charset.forName(encoding)).strip();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1).strip();
    }
    if (text.isEmpty()) {
      throw new FileRejectedException("it is empty.");
    }
    if (text.indexOf('\0') >= 0) {
      throw new FileRejectedException(
          "it is not text: it contains zero bytes. Export it as CSV in UTF-8.");
    }
    return switch (text.charAt(0)) {
      case '{', ')' -> JsonShape.of(file, encoding, text, hadoop);
      case '[' ->
          LIST.matcher(text).lookingAt()
              ? JsonShape.of(file, encoding, text, hadoop)
              : delimited(file, encoding);
      case '<' -> markup(encoding, text);
      default -> delimited(file, encoding);
    };
  }

  private static RawShape markup(String encoding, String text) throws FileRejectedException {
    String lower = text.substring(0, Math.min(text.length(), 4096)).toLowerCase(Locale.ROOT);
    if (HTML.matcher(lower).find()) {
      throw new FileRejectedException(
          "it is a web page (HTML), as some programs save spreadsheets: open it in a spreadsheet and"
              + " save its sheet as .xlsx or CSV.");
    }
    if (lower.contains("urn:schemas-microsoft-com:office:spreadsheet")
        || lower.contains("<office:document")) {
      throw new FileRejectedException(
          "it is a spreadsheet in an XML format: open it and save its sheet as .xlsx or CSV.");
    }
    return XmlShape.of(encoding, text);
  }

  /** Returns the form of the first sheet with a table, and remembers the other ones. */
  private RawShape workbook(RawFile file) throws FileRejectedException {
    List<String> sheets = sheets(file);
    List<String> tables = new ArrayList<>();
    FormatConfig first = null;
    for (String sheet : sheets) {
      String named = sheet.equals(sheets.get(0)) ? null : sheet;
      FormatConfig format = new FormatConfig(FileFormat.XLSX, null, null, named);
      List<NumberedLine> lines = XlsxFile.head(file, format, hadoop, HeaderGuess.LINES);
      if (lines.stream().filter(line -> line.filled() > 1).count() > 1) {
        tables.add(sheet);
        first = first == null ? format.skipping(HeaderGuess.skippedLines(lines), 0) : first;
      }
    }
    if (first == null) {
      throw new FileRejectedException("it is a workbook without a table of at least two columns.");
    }
    if (tables.size() > 1) {
      otherSheets.put(file.file(), tables.subList(1, tables.size()));
    }
    RawShape shape = columns(file, new RawShape(first, null, List.of()));
    checkHeader(shape.columns());
    return new RawShape(first, PresetShapes.ofColumns(shape.columns()), shape.columns());
  }

  private List<String> sheets(RawFile file) throws FileRejectedException {
    List<String> sheets = List.of();
    try {
      sheets = XlsxFile.sheets(file, hadoop);
    } catch (FileRejectedException e) {
      // The exception below also holds for an archive that is broken.
    }
    if (sheets.isEmpty()) {
      throw new FileRejectedException(
          "it is an archive, or a spreadsheet that is not .xlsx: unpack it, or save its sheet as"
              + " .xlsx or CSV.");
    }
    return sheets;
  }

  /** Returns the further sheets with a table of the workbooks that were looked at, by file. */
  Map<String, List<String>> otherSheets() {
    return otherSheets;
  }

  /** Returns a hash of the beginning of a file and of its size. */
  String hash(RawFile file) throws FileRejectedException {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes(file));
    return Sha256.hex(digest) + " " + file.bytes();
  }

  private byte[] bytes(RawFile file) throws FileRejectedException {
    try (InputStream in = RawBytes.open(file, hadoop)) {
      return in.readNBytes(BYTES);
    } catch (IOException e) {
      throw RawBytes.refusal(file, FormatConfig.DEFAULT, 0, e);
    }
  }

  private RawShape delimited(RawFile file, String encoding) throws FileRejectedException {
    String delimiter = DelimiterGuess.of(file, encoding, hadoop);
    FormatConfig format =
        new FormatConfig(
            delimiter.equals("\t") ? FileFormat.TSV : FileFormat.CSV, delimiter, encoding, null);
    if (TrendsShape.fits(file, format, hadoop)) {
      return columns(
          file,
          new RawShape(
              new FormatConfig(FileFormat.GOOGLE_TRENDS, delimiter, encoding, null),
              "google-trends",
              List.of()));
    }
    FormatConfig skipping =
        format.skipping(
            HeaderGuess.skippedLines(CsvLines.head(file, format, hadoop, HeaderGuess.LINES)), 0);
    RawShape shape = columns(file, new RawShape(skipping, null, List.of()));
    checkHeader(shape.columns());
    return new RawShape(skipping, PresetShapes.ofColumns(shape.columns()), shape.columns());
  }

  private RawShape columns(RawFile file, RawShape shape) throws FileRejectedException {
    try (RecordFile records = open(file, shape)) {
      return new RawShape(shape.format(), shape.preset(), records.header().columns());
    }
  }

  /** Rejects a first line that consists of values and is therefore not a header. */
  private static void checkHeader(List<String> columns) throws FileRejectedException {
    if (HeaderGuess.isOfValues(columns)) {
      throw new FileRejectedException(
          "its first line is not a header: add a line that names the columns.");
    }
  }

  public RecordFile open(RawFile file, RawShape shape) throws FileRejectedException {
    return RecordFiles.open(
        new FileTask(file, shape.probe(), Map.of(), CatalogConfig.DEFAULT, false, Instant.EPOCH),
        hadoop);
  }
}
