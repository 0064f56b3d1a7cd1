package io.trendflow.collection.web;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Secrets of a Google Cloud project, read from Secret Manager as the service account of this
 * machine. The secret of the variable {@code ALERT_WEBHOOK} is {@code trendflow-alert-webhook}.
 */
public final class SecretManager {
  private static final URI API = URI.create("https://secretmanager.googleapis.com");

  private final String project;
  private final MachineAccount account;
  private final URI api;

  SecretManager(String project, MachineAccount account, URI api) {
    this.project = project;
    this.account = account;
    this.api = api;
  }

  /** Returns the secrets of a project; nothing is requested yet. */
  public static SecretManager of(String project) {
    return new SecretManager(project, MachineAccount.ofThisMachine(), API);
  }

  /**
   * Returns the latest version of a variable's secret; empty if there is none, the machine has no
   * service account or that may not read it.
   */
  public Optional<String> read(String variable) {
    return account
        .token(null)
        .flatMap(
            token ->
                account.get(
                    HttpRequest.newBuilder(
                            api.resolve(
                                "/v1/projects/%s/secrets/%s/versions/latest:access"
                                    .formatted(project, name(variable))))
                        .header("Authorization", "Bearer " + token)))
        .map(node -> node.path("payload").path("data").asText())
        .filter(data -> !data.isEmpty())
        .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
  }

  private static String name(String variable) {
    return "trendflow-" + variable.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
