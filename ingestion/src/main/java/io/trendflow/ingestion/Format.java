package io.trendflow.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** How raw files are written; each opens its files as records of text. */
public enum Format {
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
  static Format named(String name) {
    List<String> names = Arrays.stream(values()).map(Format::toString).toList();
    Check.that(names.contains(name), "format is `" + name + "`: the formats are " + names + ".");
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Opens a file of this format. */
  static RecordFile open(FileTask task, Configuration hadoop) throws Refusal {
    SourceConfig source = task.source();
    RecordFile file =
        switch (source.format().type()) {
          case CSV, TSV -> new CsvFile(task.file(), source.format(), hadoop);
          case GOOGLE_TRENDS -> GoogleTrendsFile.open(task.file(), source.format(), hadoop);
          case JSON -> JsonFile.ofDocument(task.file(), source, hadoop);
          case JSON_LINES -> JsonFile.ofLines(task.file(), source, hadoop);
          case XML -> new XmlFile(task.file(), source, hadoop);
          case PARQUET -> new ParquetFile(task.file(), hadoop);
        };
    if (source.fillDown() != null) {
      file = new FilledDown(file, source.fillDown());
    }
    if (source.unpivot() != null) {
      file = new Unpivoted(file, source.unpivot());
    }
    return source.period() == Period.DETECTED ? DetectedPeriod.of(file, source) : file;
  }

  /** The name in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
