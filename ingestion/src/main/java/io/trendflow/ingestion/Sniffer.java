package io.trendflow.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Tells how a raw file is written, by its content rather than its name. */
final class Sniffer {
  /** Enough to tell the encoding of most files; the check reads all. */
  private static final int BYTES = 1 << 24;

  private static final int TEXT = 1 << 16;

  private final Configuration hadoop;

  Sniffer(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws Refusal if nothing here reads such files
   */
  RawShape shape(RawFile file) throws Refusal {
    byte[] bytes = bytes(file);
    String head = new String(bytes, 0, Math.min(bytes.length, 4), StandardCharsets.ISO_8859_1);
    if (head.equals("PAR1")) {
      return columns(
          file, new RawShape(new FormatConfig(Format.PARQUET, null, null, null), null, List.of()));
    }
    if (head.startsWith("PK") || head.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      throw new Refusal("it is a spreadsheet or an archive: save its sheet as CSV, or unpack it.");
    }
    String encoding = Encodings.of(bytes);
    String text =
        new String(bytes, 0, Math.min(bytes.length, TEXT), Charset.forName(encoding)).strip();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1).strip();
    }
    if (text.isEmpty()) {
      throw new Refusal("it is empty.");
    }
    return switch (text.charAt(0)) {
      case '{', '[', ')' -> JsonShape.of(file, encoding, text, hadoop);
      case '<' -> XmlShape.of(encoding, text);
      default -> delimited(file, encoding);
    };
  }

  private byte[] bytes(RawFile file) throws Refusal {
    try (InputStream in = RawBytes.open(file, hadoop)) {
      return in.readNBytes(BYTES);
    } catch (IOException e) {
      throw RawBytes.refusal(file, FormatConfig.DEFAULT, 0, e);
    }
  }

  private RawShape delimited(RawFile file, String encoding) throws Refusal {
    String delimiter = Delimiters.of(file, encoding, hadoop);
    FormatConfig format =
        new FormatConfig(
            delimiter.equals("\t") ? Format.TSV : Format.CSV, delimiter, encoding, null);
    if (TrendsShape.fits(file, format, hadoop)) {
      return columns(
          file,
          new RawShape(
              new FormatConfig(Format.GOOGLE_TRENDS, delimiter, encoding, null),
              "google-trends",
              List.of()));
    }
    RawShape shape = columns(file, new RawShape(format, null, List.of()));
    checkHeader(shape.columns());
    return new RawShape(format, PresetShapes.ofColumns(shape.columns()), shape.columns());
  }

  private RawShape columns(RawFile file, RawShape shape) throws Refusal {
    try (RecordFile records = open(file, shape)) {
      return new RawShape(shape.format(), shape.preset(), records.header().columns());
    }
  }

  /** A header names things: a line of values is a record. */
  private static void checkHeader(List<String> columns) throws Refusal {
    long values =
        columns.stream()
            .filter(
                name ->
                    name.isBlank()
                        || (NumberForm.of(List.of(name)).isPresent() && !name.matches(".*\\p{L}.*"))
                        || DateGuess.of(List.of(name), false).isDate())
            .count();
    if (2 * values >= columns.size()) {
      throw new Refusal("its first line is no header: give it one that names the columns.");
    }
  }

  RecordFile open(RawFile file, RawShape shape) throws Refusal {
    return Format.open(
        new FileTask(file, shape.probe(), Map.of(), CatalogConfig.DEFAULT, false, Instant.EPOCH),
        hadoop);
  }
}
