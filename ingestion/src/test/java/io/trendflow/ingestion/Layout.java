package io.trendflow.ingestion;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * How a table of texts is written into a file.
 *
 * @param mark whether a byte order mark begins it
 * @param seed of what a writer is free in, such as quotes where none are needed
 */
record Layout(
    Format format, char delimiter, String encoding, boolean mark, Packing packing, long seed) {
  private static final List<String> ENCODINGS =
      List.of("UTF-8", "UTF-8", "UTF-16", "UTF-16LE", "windows-1252", "ISO-8859-15", "GB18030");

  /** Layouts of the formats that hold any table as text. */
  static Arbitrary<Layout> ofTables() {
    return any(Format.CSV, Format.TSV, Format.JSON, Format.JSON_LINES, Format.XML);
  }

  /** Layouts of the given formats. */
  static Arbitrary<Layout> any(Format... formats) {
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
      Format format, char delimiter, String encoding, boolean mark, Packing packing, long seed) {
    char between = format == Format.TSV ? '\t' : format == Format.GOOGLE_TRENDS ? ',' : delimiter;
    return new Layout(format, between, encoding, mark && encoding.startsWith("UTF"), packing, seed);
  }

  String file() {
    return "table." + type() + packing.suffix();
  }

  private String type() {
    return format.toString();
  }

  /** The configuration of the format. */
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

  /** The text without the characters that the file cannot hold. */
  String representable(String text) {
    String known = new String(text.getBytes(charset()), charset());
    return format == Format.XML ? XmlTable.allowed(known) : known;
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
      case PARQUET -> throw new IllegalArgumentException("Parquet is no text");
    };
  }

  private Charset charset() {
    return Charset.forName(encoding);
  }
}
