package io.trendflow.ingestion;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.init.FormatSniffer;
import io.trendflow.ingestion.init.RawShape;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.RecordFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Finds the configured columns that a file does not have. */
final class MissingColumns {
  private MissingColumns() {}

  /**
   * Returns the missing columns of a file whose format has a header; empty for other formats, which
   * are read by the configured names.
   */
  static List<FileOutcome.MissingColumn> of(FileTask task, Configuration hadoop) {
    FormatConfig format = task.source().format();
    List<String> columns =
        switch (format.type()) {
          case CSV, TSV, XLSX, PARQUET -> columns(task, hadoop);
          case GOOGLE_TRENDS, JSON, JSON_LINES, XML -> List.of();
        };
    return columns.isEmpty() ? List.of() : missing(task.source(), columns);
  }

  private static List<String> columns(FileTask task, Configuration hadoop) {
    RawShape plain = new RawShape(task.source().format(), null, List.of());
    try (RecordFile file = new FormatSniffer(hadoop).open(task.file(), plain)) {
      return file.header().columns();
    } catch (FileRejectedException e) {
      // The outcome already has the reason why the file cannot be opened.
      return List.of();
    }
  }

  private static List<FileOutcome.MissingColumn> missing(
      SourceConfig source, List<String> columns) {
    Set<String> configured = Set.copyOf(source.fileColumns());
    List<String> free = columns.stream().filter(name -> !configured.contains(name)).toList();
    TreeMap<String, List<String>> uses = new TreeMap<>();
    source
        .columns()
        .forEach(
            (field, column) -> {
              if (!column.optional()) {
                uses.put(field, column.column());
              }
            });
    source
        .filters()
        .forEach(
            filter -> {
              if (!filter.optional()) {
                uses.put("filter " + filter.rule(), filter.column());
              }
            });
    source.keywords().forEach(name -> uses.put("keywords " + name, List.of(name)));
    source.attributes().forEach(name -> uses.put("attributes " + name, List.of(name)));
    List<FileOutcome.MissingColumn> missing = new ArrayList<>();
    uses.forEach(
        (use, names) -> {
          boolean made =
              source.unpivot() != null
                  && (names.contains(source.unpivot().name())
                      || names.contains(source.unpivot().value()));
          if (!made && names.stream().noneMatch(columns::contains)) {
            String known = FieldNames.column(source.kind(), use, free).orElse(null);
            missing.add(
                new FileOutcome.MissingColumn(use, String.join(" or ", names), known, free));
          }
        });
    return missing;
  }
}
