package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a raw file is written. Files of equal shapes make one source.
 *
 * @param format its encoding is {@link EncodingGuess#ASCII} where no byte tells which one it is
 * @param preset the preset that reads such files; null when there is none
 * @param columns its columns, or the fields of its records
 */
public record RawShape(FormatConfig format, @Nullable String preset, List<String> columns) {

  /** The same file taken for text in another encoding. */
  RawShape in(String encoding) {
    return new RawShape(
        new FormatConfig(format.type(), format.delimiter(), encoding, records()), preset, columns);
  }

  private @Nullable String records() {
    return format.type() == FileFormat.JSON || format.type() == FileFormat.XML
        ? format.records()
        : null;
  }

  /** A source that reads every field as an attribute, to look at the records. */
  SourceConfig probe() {
    boolean named =
        switch (format.type()) {
          case JSON, JSON_LINES, XML -> true;
          case CSV, TSV, GOOGLE_TRENDS, PARQUET -> false;
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
        null);
  }
}
