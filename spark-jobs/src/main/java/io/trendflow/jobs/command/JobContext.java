package io.trendflow.jobs.command;

import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.config.StoreConfig;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.jobs.store.BigQueryTableStore;
import io.trendflow.jobs.store.FileTableStore;
import io.trendflow.jobs.store.TableStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;

/**
 * Session, configuration and stores of a job.
 *
 * @param clock source of the times that rows are written with, UTC
 * @param codeVersion version of the code, which is part of every commit row
 */
public record JobContext(
    SparkSession spark,
    JobConfig config,
    TableStore store,
    ArtifactStore artifacts,
    JobProgress progress,
    Clock clock,
    String codeVersion) {

  /** Opens the configured store. */
  public static JobContext open(
      SparkSession spark, JobConfig config, JobProgress progress, Clock clock) {
    StoreConfig store = config.store();
    String path = store.path();
    return new JobContext(
        spark,
        config,
        path == null ? BigQueryTableStore.open(spark, store) : new FileTableStore(spark, path),
        new ArtifactStore(spark.sessionState().newHadoopConf(), store.files()),
        progress,
        clock,
        version());
  }

  /** Returns the version of the code. */
  public static String version() {
    try (InputStream in =
        Objects.requireNonNull(JobContext.class.getResourceAsStream("version.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
