package io.trendflow.ingestion;

import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.RawFile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Counts the records of files by outcome without keeping them. Reading a plain file of sales twice,
 * to count and then to sum, takes less time and memory than keeping its records between the two.
 */
final class FileCounting {
  private FileCounting() {}

  /**
   * Returns whether files can be counted each on its own, and whether their records are read only
   * once more.
   */
  static boolean suits(SourceKind kind, List<FileTask> tasks, CatalogConfig catalog) {
    return kind == SourceKind.SALES
        && !catalog.inferFromSales()
        && tasks.stream()
            .allMatch(
                task ->
                    !task.source().deduplicate()
                        && task.source().format().type() == FileFormat.CSV);
  }

  /** Reads each file to its end, in its own task. */
  static List<FileOutcome> count(SparkSession spark, List<FileTask> tasks) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    return context
        .parallelize(tasks, tasks.size())
        .map(task -> count(task, hadoop.value().value()))
        .collect();
  }

  private static FileOutcome count(FileTask task, Configuration hadoop) {
    FileTally tally = new FileTally(task);
    new RecordRows(task, hadoop).forEachRemaining(row -> tally.add(row, false, false));
    return tally.outcome(List.of());
  }

  /** Returns the files with a rejected record. */
  static List<FileTask> withRejections(List<FileTask> tasks, List<FileOutcome> outcomes) {
    Set<RawFile> files =
        outcomes.stream()
            .filter(outcome -> !outcome.rejections().isEmpty())
            .map(outcome -> outcome.count().file())
            .collect(Collectors.toSet());
    return tasks.stream().filter(task -> files.contains(task.file())).toList();
  }
}
