package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the format of a draft, if the configuration needs it. */
final class DraftFormats {
  private DraftFormats() {}

  /** Returns the format as YAML; empty if the files have the default format. */
  static Optional<String> of(DraftSource source) {
    FormatConfig format = source.group().shape().format();
    String type = format.type().toString();
    List<String> keys = new ArrayList<>();
    if (!format.delimiter().equals(format.type() == FileFormat.TSV ? "\t" : ",")) {
      keys.add("delimiter: " + YamlText.quoted(format.delimiter()));
    }
    if (!format.encoding().equals("UTF-8") && format.type() != FileFormat.XLSX) {
      keys.add("encoding: " + format.encoding());
    }
    if (format.skipLines() > 0) {
      keys.add("skip_lines: " + format.skipLines());
    }
    if (format.skipLastLines() > 0) {
      keys.add("skip_last_lines: " + format.skipLastLines());
    }
    if (source.preset() == null && format.records() != null) {
      keys.add("records: " + YamlText.quoted(format.records()));
    }
    if (keys.isEmpty()) {
      return type.equals(usual(source)) ? Optional.empty() : Optional.of(type);
    }
    return Optional.of("{type: " + type + ", " + String.join(", ", keys) + "}");
  }

  private static String usual(DraftSource source) {
    String preset = source.preset();
    if (preset == null) {
      return "csv";
    }
    return switch (preset) {
      case "google-trends" -> "google_trends";
      case "merchant-center" -> "tsv";
      case "google-trends-widget",
              "merchant-best-sellers",
              "serpapi",
              "tiktok-research",
              "tiktok-creative-center-api" ->
          "json";
      default -> "csv";
    };
  }
}
