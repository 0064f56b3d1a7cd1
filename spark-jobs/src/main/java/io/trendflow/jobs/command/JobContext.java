package io.trendflow.jobs.command;

import io.trendflow.collection.web.SecretValues;
import io.trendflow.jobs.alert.WebhookPoster;
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
 * @param secrets values of the references that the configuration has
 * @param codeVersion version of the code, which is part of every commit row
 */
public record JobContext(
    SparkSession spark,
    JobConfig config,
    TableStore store,
    ArtifactStore artifacts,
    JobProgress progress,
    Clock clock,
    SecretValues secrets,
    String codeVersion) {

  /** Opens the configured store, with the secrets of this process's environment. */
  public static JobContext open(
      SparkSession spark, JobConfig config, JobProgress progress, Clock clock) {
    return open(spark, config, progress, clock, new SecretValues(System.getenv()));
  }

  /** Opens the configured store. */
  public static JobContext open(
      SparkSession spark,
      JobConfig config,
      JobProgress progress,
      Clock clock,
      SecretValues secrets) {
    StoreConfig store = config.store();
    String path = store.path();
    return new JobContext(
        spark,
        config,
        path == null ? BigQueryTableStore.open(spark, store) : new FileTableStore(spark, path),
        new ArtifactStore(spark.sessionState().newHadoopConf(), store.files()),
        progress,
        clock,
        secrets,
        version());
  }

  /** Returns the context of a job with a single horizon. */
  public JobContext ofHorizon(int days) {
    return new JobContext(
        spark, config.ofHorizon(days), store, artifacts, progress, clock, secrets, codeVersion);
  }

  /** Returns what posts events to the configured webhooks. */
  public WebhookPoster webhooks() {
    return new WebhookPoster(
        config.alerts(), secrets, clock, problem -> progress.note("%s", problem));
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
