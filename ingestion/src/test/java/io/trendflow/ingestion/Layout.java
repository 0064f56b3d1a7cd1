package io.trendflow.ingestion;

import io.trendflow.ingestion.config.FileFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Layout of a table of texts in a file.
 *
 * @param mark whether the file begins with a byte order mark
 * @param seed seed of a writer's choices, such as unnecessary quotes
 */
record Layout(
    FileFormat format, char delimiter, String encoding, boolean mark, Packing packing, long seed) {
  private static final List<String> ENCODINGS =
      List.of("UTF-8", "UTF-8", "UTF-16", "UTF-16LE", "windows-1252", "ISO-8859-15", "GB18030");

  /** Returns layouts of the formats that can contain any table as text. */
  static Arbitrary<Layout> ofTables() {
    return any(
        FileFormat.CSV, FileFormat.TSV, FileFormat.JSON, FileFormat.JSON_LINES, FileFormat.XML);
  }

  /** Returns layouts of the given formats. */
  static Arbitrary<Layout> any(FileFormat... formats) {
    return Combinators.combine(
            Arbitraries.of(formats),
            Arbitraries.of(',', ';', '\t', '|', ':', '~'),
            Arbitraries.of(ENCODINGS),
            Arbitraries.of(true, false),
            Arbitraries.of(Packing.class),
            Arbitraries.longs())
        .as(Layout::of);
  }

  private static Layout of(
      FileFormat format,
      char delimiter,
      String encoding,
      boolean mark,
      Packing packing,
      long seed) {
    char between =
        format == FileFormat.TSV ? '\t' : format == FileFormat.GOOGLE_TRENDS ? ',' : delimiter;
    return new Layout(format, between, encoding, mark && encoding.startsWith("UTF"), packing, seed);
  }

  String file() {
    return "table." + type() + packing.suffix();
  }

  private String type() {
    return format.toString();
  }

  /** Returns the configuration of the format. */
  String config() {
    String more =
        switch (format) {
          case CSV -> ", delimiter: '" + (delimiter == '\t' ? "\\t" : delimiter) + "'";
          case JSON -> ", records: '/data/list/*'";
          case XML -> ", records: 'entry'";
          default -> "";
        };
    return "{type: '" + type() + "', encoding: '" + encoding + "'" + more + "}";
  }

  /** Returns the text without the characters that the file cannot contain. */
  String representable(String text) {
    String known = new String(text.getBytes(charset()), charset());
    return format == FileFormat.XML ? XmlTable.allowed(known) : known;
  }

  byte[] bytes(List<String> header, List<List<String>> rows) {
    return packed(text(header, rows));
  }

  byte[] packed(String text) {
    return packing.pack((mark ? "\uFEFF" + text : text).getBytes(charset()));
  }

  private String text(List<String> header, List<List<String>> rows) {
    Random random = new Random(seed);
    return switch (format) {
      case CSV, TSV, GOOGLE_TRENDS -> new CsvTable(delimiter, random).text(header, rows);
      case JSON -> new JsonTable(random).document(header, rows);
      case JSON_LINES -> new JsonTable(random).lines(header, rows);
      case XML -> new XmlTable(random).text(header, rows);
      case XLSX, PARQUET -> throw new IllegalArgumentException(format + " is not a text format");
    };
  }

  private Charset charset() {
    return Charset.forName(encoding);
  }
}
