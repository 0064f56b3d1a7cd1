package io.trendflow.serving.store;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ServerStreamingCallSettings;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.storage.v1.BigQueryReadClient;
import com.google.cloud.bigquery.storage.v1.BigQueryReadSettings;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Creates the clients of Google's services with the credentials of the environment. */
final class BigQueryClients {
  private static final String STORAGE = "https://storage.googleapis.com";

  /** Maximum number of attempts that bring no row; a stream of rows may take hours. */
  private static final int ATTEMPTS = 5;

  /** Time without data after which a stream is closed and continued in a new call. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /** Retries every transient failure; by default the client retries only some calls. */
  private static final ResultRetryAlgorithm<Object> PASSING =
      new BasicResultRetryAlgorithm<>() {
        @Override
        public boolean shouldRetry(@Nullable Throwable failure, @Nullable Object answer) {
          return failure instanceof Exception e && CloudRefusals.mayPass(e);
        }
      };

  private final BigQueryConfig config;

  BigQueryClients(BigQueryConfig config) {
    this.config = config;
  }

  /** Returns a client of BigQuery's REST API. */
  BigQuery bigQuery() throws IOException {
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder()
            .setProjectId(config.project())
            .setCredentials(credentials())
            .setResultRetryAlgorithm(PASSING)
            .setRetrySettings(
                delays(ServiceOptions.getDefaultRetrySettings())
                    .setTotalTimeoutDuration(config.patience())
                    .build());
    BigQueryConfig.Emulator emulator = config.emulator();
    if (emulator != null) {
      options.setHost(emulator.bigquery());
    }
    return options.build().getService();
  }

  /** Returns a client of the Storage Read API. */
  BigQueryReadClient read() throws IOException {
    BigQueryReadSettings.Builder settings = BigQueryReadSettings.newBuilder();
    UnaryCallSettings.Builder<?, ?> session = settings.createReadSessionSettings();
    session.setRetrySettings(
        delays(session.getRetrySettings())
            .setInitialRpcTimeoutDuration(config.patience())
            .setMaxRpcTimeoutDuration(config.patience())
            .setTotalTimeoutDuration(config.patience())
            .build());
    ServerStreamingCallSettings.Builder<?, ?> rows = settings.readRowsSettings();
    rows.setRetrySettings(delays(rows.getRetrySettings()).setMaxAttempts(ATTEMPTS).build());
    rows.setWaitTimeoutDuration(SILENCE);
    BigQueryConfig.Emulator emulator = config.emulator();
    if (emulator != null) {
      settings
          .setEndpoint(emulator.bigqueryStorage())
          .setCredentialsProvider(NoCredentialsProvider.create());
    }
    return BigQueryReadClient.create(settings.build());
  }

  private static RetrySettings.Builder delays(RetrySettings settings) {
    return settings.toBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(200))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(5));
  }

  /** Returns an HTTP client for Cloud Storage. */
  HttpRequestFactory storage() throws IOException {
    NetHttpTransport transport = new NetHttpTransport();
    return config.emulator() != null
        ? transport.createRequestFactory()
        : transport.createRequestFactory(new HttpCredentialsAdapter(credentials()));
  }

  /** Returns the base URL of Cloud Storage's API. */
  String storageAddress() {
    BigQueryConfig.Emulator emulator = config.emulator();
    return emulator == null ? STORAGE : emulator.storage();
  }

  private Credentials credentials() throws IOException {
    return config.emulator() != null
        ? NoCredentials.getInstance()
        : GoogleCredentials.getApplicationDefault()
            .createScoped("https://www.googleapis.com/auth/cloud-platform");
  }
}
