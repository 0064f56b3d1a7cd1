package io.trendflow.serving.store;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables lie in BigQuery.
 *
 * @param project of the datasets; the queries are its as well
 * @param datasetPrefix stands before the name of each dataset
 * @param artifacts the folder of the model files, {@code gs://bucket/folder}
 * @param maxGigabytesBilled what one query may scan, in GiB, before BigQuery refuses it
 * @param patience how long a call that failed is tried again
 * @param emulator a BigQuery on this machine that takes any credentials; null for Google's
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
   * Where it listens.
   *
   * @param bigquery address of BigQuery's REST API
   * @param bigqueryStorage host and port of the Storage Read API, which speaks TLS
   * @param storage address of Cloud Storage's JSON API
   */
  @ConfigurationProperties("emulator")
  @Requires(property = "trendflow.store.emulator.bigquery")
  record Emulator(String bigquery, String bigqueryStorage, String storage) {}
}
