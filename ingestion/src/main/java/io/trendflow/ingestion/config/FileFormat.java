package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Format of raw files. */
public enum FileFormat {
  /** Comma-separated lines with a header. */
  @JsonProperty("csv")
  CSV,
  /** Lines separated by tabs, with a header. */
  @JsonProperty("tsv")
  TSV,
  /** Google Trends' interest over time: a column of dates and one column for each search term. */
  @JsonProperty("google_trends")
  GOOGLE_TRENDS,
  /** One JSON document with its records at a path. */
  @JsonProperty("json")
  JSON,
  /** One JSON object in each line. */
  @JsonProperty("json_lines")
  JSON_LINES,
  /** An XML document whose records are the elements with one name. */
  @JsonProperty("xml")
  XML,
  /** A sheet of an Excel workbook (.xlsx); the first line of the table is its header. */
  @JsonProperty("xlsx")
  XLSX,
  /** Parquet; only top-level columns with single values are read. */
  @JsonProperty("parquet")
  PARQUET;

  /** Returns the format with a name in the configuration. */
  static FileFormat named(String name) {
    List<String> names = Arrays.stream(values()).map(FileFormat::toString).toList();
    ConfigValidation.that(
        names.contains(name), "format is `" + name + "`: use one of " + names + ".");
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Returns the format of files whose names end with that of a binary format; otherwise CSV. */
  static FileFormat ofFiles(String glob) {
    String name = glob.toLowerCase(Locale.ROOT);
    return name.endsWith(".parquet") ? PARQUET : name.endsWith(".xlsx") ? XLSX : CSV;
  }

  /** Returns the name in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
