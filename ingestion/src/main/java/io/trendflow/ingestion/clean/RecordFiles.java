package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.CsvFile;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.FilledDownRecords;
import io.trendflow.ingestion.raw.GoogleTrendsFile;
import io.trendflow.ingestion.raw.JsonFile;
import io.trendflow.ingestion.raw.ParquetFile;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import io.trendflow.ingestion.raw.UnpivotedRecords;
import io.trendflow.ingestion.raw.XlsxFile;
import io.trendflow.ingestion.raw.XmlFile;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Opens raw files as records of text. */
public final class RecordFiles {
  private static final Pattern JSON_LINES =
      Pattern.compile("(?i).*\\.(jsonl|ndjson)(\\.gz|\\.zip)?");

  private RecordFiles() {}

  /** Returns whether a file holds JSON lines, beside JSON documents of the same source. */
  private static boolean hasLines(RawFile file) {
    return JSON_LINES.matcher(file.file()).matches();
  }

  /**
   * Opens a file in the format of its source.
   *
   * @throws FileRejectedException if the file does not have that format
   */
  public static RecordFile open(FileTask task, Configuration hadoop) throws FileRejectedException {
    SourceConfig source = task.source();
    RecordFile file =
        switch (source.format().type()) {
          case CSV, TSV -> new CsvFile(task.file(), source.format(), hadoop);
          case GOOGLE_TRENDS -> GoogleTrendsFile.open(task.file(), source.format(), hadoop);
          case JSON ->
              hasLines(task.file())
                  ? JsonFile.ofLines(task.file(), source, hadoop)
                  : JsonFile.ofDocument(task.file(), source, hadoop);
          case JSON_LINES -> JsonFile.ofLines(task.file(), source, hadoop);
          case XML -> new XmlFile(task.file(), source, hadoop);
          case XLSX -> XlsxFile.open(task.file(), source.format(), hadoop);
          case PARQUET -> new ParquetFile(task.file(), hadoop);
        };
    if (source.fillDown() != null) {
      file = new FilledDownRecords(file, source.fillDown());
    }
    if (source.unpivot() != null) {
      file = new UnpivotedRecords(file, source.unpivot());
    }
    return source.period() == RecordPeriod.DETECTED ? DetectedPeriod.of(file, source) : file;
  }
}
