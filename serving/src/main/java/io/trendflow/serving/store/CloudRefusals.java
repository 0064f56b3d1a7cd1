package io.trendflow.serving.store;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.BigQueryException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes in a sentence what Google Cloud refused and what to do. */
final class CloudRefusals {
  private static final Set<String> QUOTAS = Set.of("quotaExceeded", "rateLimitExceeded");

  private CloudRefusals() {}

  /**
   * Returns the sentence for a failed call about a table or file.
   *
   * @param what name of the table or file, for example "the table `a.b.c`"
   * @param absent what to do if it does not exist
   * @param roles roles that the service's account needs
   */
  static String sentence(Exception e, String what, String absent, String roles) {
    int status = status(e);
    if (status == 429 || QUOTAS.contains(reason(e))) {
      return "a quota of Google Cloud is used up for " + what + ": wait, or request a larger quota";
    }
    return switch (status) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "Google Cloud rejected the service's credentials for "
              + what
              + ": renew the application default credentials of its environment";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "the service's account may not read " + what + ": grant it " + roles;
      case HttpURLConnection.HTTP_NOT_FOUND -> what + " does not exist: " + absent;
      case 0 -> "Google Cloud can't be reached for " + what + ": " + message(e);
      case 500, 502, 503, 504 ->
          "Google Cloud doesn't answer (status %d) for %s: the service retries by itself"
              .formatted(status, what);
      default -> what + " can't be read: " + message(e);
    };
  }

  /** Returns whether a retry may succeed: there was no response, or the server failed. */
  static boolean mayPass(Exception e) {
    int status = status(e);
    return status == 0
        ? e instanceof IOException || e.getCause() instanceof IOException
        : status >= 500;
  }

  /**
   * Returns the HTTP status of a failed call, or the one that corresponds to its gRPC code; 0 if
   * there is none.
   */
  static int status(Exception e) {
    if (e instanceof BigQueryException refused) {
      return refused.getCode();
    }
    if (e instanceof ApiException refused) {
      return refused.getStatusCode().getCode().getHttpStatusCode();
    }
    return e instanceof HttpResponseException refused ? refused.getStatusCode() : 0;
  }

  /** Returns BigQuery's reason code; empty if there is none. */
  static String reason(Exception e) {
    @Nullable String reason = e instanceof BigQueryException refused ? refused.getReason() : null;
    return Objects.requireNonNullElse(reason, "");
  }

  private static String message(Exception e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return message.lines().findFirst().orElse(message).replaceFirst("[.!]+$", "");
  }
}
