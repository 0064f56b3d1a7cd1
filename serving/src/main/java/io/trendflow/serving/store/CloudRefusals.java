package io.trendflow.serving.store;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.BigQueryException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what Google Cloud refused, and what mends it. */
final class CloudRefusals {
  private static final Set<String> QUOTAS = Set.of("quotaExceeded", "rateLimitExceeded");

  private CloudRefusals() {}

  /**
   * Of a call about a table or file.
   *
   * @param what its name, as in "the table `a.b.c`"
   * @param absent what to do where it is not there
   * @param roles that the service's account needs
   */
  static String sentence(Exception e, String what, String absent, String roles) {
    int status = status(e);
    if (status == 429 || QUOTAS.contains(reason(e))) {
      return "a quota of Google Cloud is used up, for " + what + ": wait, or ask for a larger one";
    }
    return switch (status) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "Google Cloud takes the service's credentials no more, for "
              + what
              + ": renew those of the environment (application default credentials)";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "the service's account may not read " + what + ": grant it " + roles;
      case HttpURLConnection.HTTP_NOT_FOUND -> what + " is not there: " + absent;
      case 0 -> "Google Cloud can't be reached, for " + what + ": " + message(e);
      case 500, 502, 503, 504 ->
          "Google Cloud doesn't answer (%d), for %s: the service asks again by itself"
              .formatted(status, what);
      default -> what + " can't be read: " + message(e);
    };
  }

  /**
   * Whether the call may do better in a moment: there was no answer, or none but a server's fault.
   */
  static boolean mayPass(Exception e) {
    int status = status(e);
    return status == 0
        ? e instanceof IOException || e.getCause() instanceof IOException
        : status >= 500;
  }

  /** The HTTP status that a call ended with, or that means the same as its gRPC code; 0 without. */
  static int status(Exception e) {
    if (e instanceof BigQueryException refused) {
      return refused.getCode();
    }
    if (e instanceof ApiException refused) {
      return refused.getStatusCode().getCode().getHttpStatusCode();
    }
    return e instanceof HttpResponseException refused ? refused.getStatusCode() : 0;
  }

  /** BigQuery's word for it; empty where it gives none. */
  static String reason(Exception e) {
    @Nullable String reason = e instanceof BigQueryException refused ? refused.getReason() : null;
    return Objects.requireNonNullElse(reason, "");
  }

  /** The first line of its message. */
  private static String message(Exception e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return message.lines().findFirst().orElse(message).replaceFirst("[.!]+$", "");
  }
}
