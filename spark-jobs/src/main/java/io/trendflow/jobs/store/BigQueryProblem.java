package io.trendflow.jobs.store;

import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.TableId;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What went wrong in BigQuery, as a sentence, and whether to try again. */
final class BigQueryProblem {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 500;

  /** All that Spark tells when an append fails, since the connector's reason can't be sent. */
  private static final String BROKEN_STREAM = "not serializable result: \\S+grpc\\.Status";

  private static final Pattern TRANSIENT =
      Pattern.compile(
          "UNAVAILABLE|DEADLINE_EXCEEDED|ABORTED|INTERNAL|UNAUTHENTICATED|RESOURCE_EXHAUSTED"
              + "|Connection reset|backendError|failed to batch commit|"
              + BROKEN_STREAM
              + "|rateLimitExceeded|authError|Could not commit|Could not serialize access");

  private BigQueryProblem() {}

  /**
   * Does what can be done again, up to four times over some seconds.
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
    return new IllegalStateException("the job was interrupted while it waited for BigQuery.", e);
  }

  /** A table that is not there. */
  static IllegalStateException missing(TableId id) {
    return new IllegalStateException(
        "%s does not exist: run bin/trendflow tables create.".formatted(BigQueryTables.sql(id)));
  }

  private static boolean isTransient(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BigQueryException e && e.getCode() != 0) {
        // What BigQuery answered decides; below it lies an IOException, whatever it answered.
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
          "Google Cloud does not take the credentials: run gcloud auth application-default login,"
              + " or give the job a service account ("
              + said
              + ").";
      case 403 ->
          "BigQuery does not permit it: give the account the roles that docs/operations.md lists"
              + " ("
              + said
              + ").";
      case 404 -> "BigQuery has no such thing: run bin/trendflow tables create (" + said + ").";
      case 429 ->
          "A quota of BigQuery is used up: run the job again later or raise the quota ("
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

  /** The first line of what BigQuery said, or of the innermost cause. */
  private static String said(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof BigQueryException)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
