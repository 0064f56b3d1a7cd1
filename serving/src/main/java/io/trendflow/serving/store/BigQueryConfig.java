package io.trendflow.serving.store;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Location of the tables in BigQuery.
 *
 * @param project project of the datasets, which also runs the queries
 * @param datasetPrefix prefix of each dataset's name
 * @param artifacts folder of the model files, {@code gs://bucket/folder}
 * @param maxGigabytesBilled maximum that one query may scan, in GiB; BigQuery rejects larger
 *     queries
 * @param patience how long a failed call is retried
 * @param emulator an emulator on this machine that accepts any credentials; null for Google's
 *     service
 */
@ConfigurationProperties("trendflow.store")
record BigQueryConfig(
    String project,
    String datasetPrefix,
    String artifacts,
    long maxGigabytesBilled,
    Duration patience,
    @Nullable Emulator emulator) {

  BigQueryConfig {
    if (!artifacts.matches("gs://[^/]+(/.*)?")) {
      throw new IllegalArgumentException(
          "trendflow.store.artifacts is '"
              + artifacts
              + "': set TRENDFLOW_STORE_ARTIFACTS to the folder of the model files, such as"
              + " gs://bucket/folder.");
    }
    if (maxGigabytesBilled < 1) {
      throw new IllegalArgumentException(
          "trendflow.store.max-gigabytes-billed is "
              + maxGigabytesBilled
              + ": set TRENDFLOW_STORE_MAX_GIGABYTES_BILLED to 1 or more.");
    }
  }

  /**
   * Addresses of the emulator.
   *
   * @param bigquery address of BigQuery's REST API
   * @param bigqueryStorage host and port of the Storage Read API, which uses TLS
   * @param storage address of Cloud Storage's JSON API
   */
  @ConfigurationProperties("emulator")
  @Requires(property = "trendflow.store.emulator.bigquery")
  record Emulator(String bigquery, String bigqueryStorage, String storage) {}
}
