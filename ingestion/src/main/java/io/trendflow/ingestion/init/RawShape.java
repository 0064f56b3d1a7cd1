package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Form of a raw file. Files with equal forms belong to one source.
 *
 * @param format format of the file; its encoding is {@link EncodingGuess#ASCII} if the bytes do not
 *     show which one it is
 * @param preset preset that reads such files; null if there is none
 * @param columns columns of the file, or fields of its records
 */
public record RawShape(FormatConfig format, @Nullable String preset, List<String> columns) {

  /** Returns the same form in another encoding. */
  RawShape in(String encoding) {
    return new RawShape(
        new FormatConfig(
            format.type(),
            format.delimiter(),
            encoding,
            records(),
            format.skipLines(),
            format.skipLastLines(),
            format.parent()),
        preset,
        columns);
  }

  /** Returns the same form with lines at the end that are not records. */
  RawShape withFooter(int lines) {
    boolean possible = format.type() == FileFormat.CSV || format.type() == FileFormat.TSV;
    return lines == 0 || !possible
        ? this
        : new RawShape(format.skipping(format.skipLines(), lines), preset, columns);
  }

  private @Nullable String records() {
    return switch (format.type()) {
      case JSON, XML, XLSX -> format.records();
      case CSV, TSV, GOOGLE_TRENDS, JSON_LINES, PARQUET -> null;
    };
  }

  /** Returns a source that reads every field as an attribute, to read the records. */
  SourceConfig probe() {
    boolean named =
        switch (format.type()) {
          case JSON, JSON_LINES, XML -> true;
          case CSV, TSV, GOOGLE_TRENDS, XLSX, PARQUET -> false;
        };
    return new SourceConfig(
        SourceKind.CATALOG,
        "*",
        format,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of("product_id", "any"),
        null,
        null,
        named ? columns : null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
