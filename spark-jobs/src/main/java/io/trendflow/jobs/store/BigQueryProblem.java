package io.trendflow.jobs.store;

import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableId;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classifies and describes failures of BigQuery, and retries calls after transient ones. */
final class BigQueryProblem {
  // The whole message that Spark reports when an append fails, since the connector's own exception
  // can't be serialized.
  private static final String BROKEN_STREAM = "not serializable result: \\S+grpc\\.Status";

  private static final Pattern TRANSIENT =
      Pattern.compile(
          "UNAVAILABLE|DEADLINE_EXCEEDED|ABORTED|INTERNAL|UNAUTHENTICATED|RESOURCE_EXHAUSTED"
              + "|Connection reset|backendError|failed to batch commit|"
              + BROKEN_STREAM
              + "|rateLimitExceeded|authError|Could not commit|Could not serialize access");

  private static final RetryPolicy<Object> RETRIES =
      RetryPolicy.builder()
          .handleIf(BigQueryProblem::isTransient)
          .withBackoff(Duration.ofMillis(750), Duration.ofSeconds(3))
          .withJitter(0.3)
          .withMaxRetries(3)
          .build();

  private BigQueryProblem() {}

  /**
   * Runs a call, at most four times over some seconds while its failures are transient.
   *
   * @throws IllegalStateException in one sentence when it fails for good
   */
  static <T extends @Nullable Object> T retrying(CheckedSupplier<T> work) {
    try {
      return Failsafe.with(RETRIES).get(work);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      Throwable failure = e instanceof FailsafeException && e.getCause() != null ? e.getCause() : e;
      throw failure instanceof InterruptedException
          ? new IllegalStateException("The job was interrupted while it waited for BigQuery.", e)
          : new IllegalStateException(sentence(failure), failure);
    }
  }

  /** Returns the exception for a missing table. */
  static IllegalStateException missing(TableId id) {
    return new IllegalStateException(
        "%s does not exist: run bin/trendflow tables create.".formatted(BigQueryTables.sql(id)));
  }

  private static boolean isTransient(Throwable failure) {
    // Sentences of our own are final.
    if (failure instanceof IllegalArgumentException || failure instanceof IllegalStateException) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BigQueryException e && e.getCode() != 0) {
        // BigQuery's status decides: its cause is an IOException whatever the status is.
        return e.getCode() >= 500
            || e.getCode() == 401
            || e.getCode() == 429
            || TRANSIENT.matcher(e.getReason() + " " + e.getMessage()).find();
      }
      if (cause instanceof java.io.IOException || TRANSIENT.matcher(cause.toString()).find()) {
        return true;
      }
    }
    return false;
  }

  private static String sentence(Throwable failure) {
    String said = said(failure);
    return switch (kind(failure, said)) {
      case 401 ->
          "Google Cloud rejected the credentials: run gcloud auth application-default login,"
              + " or give the job a service account ("
              + said
              + ").";
      case 403 ->
          "BigQuery denied access: grant the account the roles that docs/operations.md lists"
              + " ("
              + said
              + ").";
      case 404 ->
          "BigQuery did not find a resource: run bin/trendflow tables create (" + said + ").";
      case 429 ->
          "A BigQuery quota is exceeded: run the job again later or request a larger quota ("
              + said
              + ").";
      default -> "BigQuery failed: " + said;
    };
  }

  private static int kind(Throwable failure, String said) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BigQueryException e) {
        return "quotaExceeded".equals(e.getReason()) ? 429 : e.getCode();
      }
    }
    return said.contains("UNAUTHENTICATED")
        ? 401
        : said.contains("PERMISSION_DENIED")
            ? 403
            : said.contains("NOT_FOUND") ? 404 : said.contains("RESOURCE_EXHAUSTED") ? 429 : 0;
  }

  private static String said(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof BigQueryException)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
