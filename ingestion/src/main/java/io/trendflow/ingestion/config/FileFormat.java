package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats of raw files. */
public enum FileFormat {
  /** Comma-separated lines with a header. */
  @JsonProperty("csv")
  CSV,
  /** Lines separated by tabs, with a header. */
  @JsonProperty("tsv")
  TSV,
  /** Google Trends' interest over time: a column of dates, then one for each search term. */
  @JsonProperty("google_trends")
  GOOGLE_TRENDS,
  /** One JSON document, whose records are at a path. */
  @JsonProperty("json")
  JSON,
  /** A JSON object in every line. */
  @JsonProperty("json_lines")
  JSON_LINES,
  /** An XML document, whose records are elements of one name. */
  @JsonProperty("xml")
  XML,
  /** Parquet; its top-level columns that hold single values. */
  @JsonProperty("parquet")
  PARQUET;

  /** The format of a name in the configuration. */
  static FileFormat named(String name) {
    List<String> names = Arrays.stream(values()).map(FileFormat::toString).toList();
    ConfigValidation.that(
        names.contains(name), "format is `" + name + "`: the formats are " + names + ".");
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
