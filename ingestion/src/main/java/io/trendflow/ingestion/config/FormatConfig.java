package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Format of a source's files. The configuration contains only the type, or an object. Files whose
 * names end with {@code .gz} or {@code .zip} are unpacked.
 *
 * @param delimiter one character that separates the fields of CSV, a comma by default; the quote is
 *     always {@code "}, doubled inside a quoted field
 * @param encoding name of the character set, UTF-8 by default
 * @param records location of the records: in JSON a path such as {@code /data/list/*}, in which
 *     {@code *} matches every element of an array; in XML the name of an element; in XLSX the name
 *     of the sheet, by default the first one
 * @param skipLines number of lines above the header of CSV, TSV or XLSX that are not read
 * @param skipLastLines number of lines at the end of CSV or TSV that are not read, such as a
 *     footer; blank lines do not count
 * @param parent column of a JSON line that has the {@code id} of its parent, an earlier line; only
 *     lines with a parent are records; null if the lines are independent
 */
public record FormatConfig(
    FileFormat type,
    String delimiter,
    String encoding,
    @Nullable String records,
    Integer skipLines,
    Integer skipLastLines,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String parent)
    implements Serializable {
  /** CSV with commas in UTF-8. */
  public static final FormatConfig DEFAULT = new FormatConfig(FileFormat.CSV, null, null, null);

  private static final Set<FileFormat> WITH_RECORDS =
      Set.of(FileFormat.JSON, FileFormat.XML, FileFormat.XLSX);

  private static final Set<FileFormat> WITH_LINES =
      Set.of(FileFormat.CSV, FileFormat.TSV, FileFormat.XLSX);

  private static final int MOST_LAST_LINES = 100;

  private static final Pattern RECORD_PATH = Pattern.compile("(/[^/]+)+");

  /** Creates a format and sets absent parts to their defaults. */
  @JsonCreator
  public FormatConfig(
      @Nullable FileFormat type,
      @Nullable String delimiter,
      @Nullable String encoding,
      @Nullable String records,
      @Nullable Integer skipLines,
      @Nullable Integer skipLastLines,
      @Nullable String parent) {
    this.type = type == null ? FileFormat.CSV : type;
    this.delimiter = delimiter == null ? (type == FileFormat.TSV ? "\t" : ",") : delimiter;
    this.encoding = encoding == null ? "UTF-8" : encoding;
    this.records = records == null ? defaultRecords(this.type) : records;
    this.skipLines = skipLines == null ? 0 : skipLines;
    this.skipLastLines = skipLastLines == null ? 0 : skipLastLines;
    this.parent = parent;
    ConfigValidation.that(
        parent == null || this.type == FileFormat.JSON_LINES || this.type == FileFormat.JSON,
        "format.parent is `"
            + parent
            + "`, but the format is "
            + this.type
            + ": only json and json_lines have it.");
    ConfigValidation.that(
        this.delimiter.length() == 1 && !"\"\r\n".contains(this.delimiter),
        "format.delimiter is `"
            + this.delimiter
            + "`: use one character that is neither a quote nor a line break.");
    ConfigValidation.that(
        records == null || WITH_RECORDS.contains(this.type),
        "format.records is set, but the format is "
            + this.type
            + ": only json, xml and xlsx have it.");
    ConfigValidation.that(
        this.skipLines == 0 || (this.skipLines > 0 && WITH_LINES.contains(this.type)),
        "format.skip_lines is "
            + skipLines
            + ": use the number of lines above the header of csv, tsv or xlsx.");
    ConfigValidation.that(
        this.skipLastLines == 0
            || (this.skipLastLines > 0
                && this.skipLastLines <= MOST_LAST_LINES
                && (this.type == FileFormat.CSV || this.type == FileFormat.TSV)),
        "format.skip_last_lines is "
            + skipLastLines
            + ": use the number of lines below the table of csv or tsv, at most "
            + MOST_LAST_LINES
            + ".");
    ConfigValidation.that(
        this.type != FileFormat.JSON || RECORD_PATH.matcher(String.valueOf(this.records)).matches(),
        "format.records is `" + records + "`: use a path such as /data/list/*.");
    charset();
  }

  /** Creates a format whose files begin with their header and end with a record. */
  public FormatConfig(
      @Nullable FileFormat type,
      @Nullable String delimiter,
      @Nullable String encoding,
      @Nullable String records) {
    this(type, delimiter, encoding, records, null, null, null);
  }

  /** Returns the same format, without a number of lines above the header and below the table. */
  public FormatConfig skipping(int first, int last) {
    return new FormatConfig(type, delimiter, encoding, written(), first, last, parent);
  }

  /** Returns the records as a configuration has them; null if the format has none. */
  private @Nullable String written() {
    return WITH_RECORDS.contains(type) ? records : null;
  }

  /** Returns a format without further settings. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static FormatConfig of(String type) {
    return new FormatConfig(FileFormat.named(type), null, null, null);
  }

  private static @Nullable String defaultRecords(FileFormat type) {
    return switch (type) {
      case JSON -> "/*";
      case XML -> "item";
      default -> null;
    };
  }

  /** Returns the character set that {@code encoding} names. */
  public Charset charset() {
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "format.encoding is `" + encoding + "`: use a name such as UTF-8 or windows-1252.", e);
    }
  }
}
