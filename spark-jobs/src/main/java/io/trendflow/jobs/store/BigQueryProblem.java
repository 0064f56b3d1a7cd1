package io.trendflow.jobs.store;

import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableId;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classifies and describes failures of BigQuery, and retries calls after transient ones. */
final class BigQueryProblem {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 500;

  // The whole message that Spark reports when an append fails, since the connector's own exception
  // can't be serialized.
  private static final String BROKEN_STREAM = "not serializable result: \\S+grpc\\.Status";

  private static final Pattern TRANSIENT =
      Pattern.compile(
          "UNAVAILABLE|DEADLINE_EXCEEDED|ABORTED|INTERNAL|UNAUTHENTICATED|RESOURCE_EXHAUSTED"
              + "|Connection reset|backendError|failed to batch commit|"
              + BROKEN_STREAM
              + "|rateLimitExceeded|authError|Could not commit|Could not serialize access");

  private BigQueryProblem() {}

  /**
   * Runs a call, at most four times over some seconds while its failures are transient.
   *
   * @throws IllegalStateException in one sentence when it fails for good
   */
  static <T extends @Nullable Object> T retrying(Callable<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.call();
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw e;
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (Exception e) {
        if (attempt == ATTEMPTS || !isTransient(e)) {
          throw new IllegalStateException(sentence(e), e);
        }
        pause(attempt);
      }
    }
  }

  private static void pause(int attempt) {
    long most = FIRST_PAUSE_MILLIS << attempt;
    try {
      Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("The job was interrupted while it waited for BigQuery.", e);
  }

  /** Returns the exception for a missing table. */
  static IllegalStateException missing(TableId id) {
    return new IllegalStateException(
        "%s does not exist: run bin/trendflow tables create.".formatted(BigQueryTables.sql(id)));
  }

  private static boolean isTransient(Throwable failure) {
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
