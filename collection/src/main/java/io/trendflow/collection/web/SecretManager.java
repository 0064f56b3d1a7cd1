package io.trendflow.collection.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Secrets of a Google Cloud project, read from Secret Manager as the service account of this
 * machine. The secret of the variable {@code ALERT_WEBHOOK} is {@code trendflow-alert-webhook}.
 */
public final class SecretManager {
  private static final URI METADATA = URI.create("http://metadata.google.internal");
  private static final URI API = URI.create("https://secretmanager.googleapis.com");
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String project;
  private final URI metadata;
  private final URI api;

  SecretManager(String project, URI metadata, URI api) {
    this.project = project;
    this.metadata = metadata;
    this.api = api;
  }

  /** Returns the secrets of a project; nothing is requested yet. */
  public static SecretManager of(String project) {
    return new SecretManager(project, METADATA, API);
  }

  /**
   * Returns the latest version of a variable's secret; empty if there is none, the machine has no
   * service account or that may not read it.
   */
  public Optional<String> read(String variable) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    try {
      Optional<JsonNode> token =
          get(
              client,
              HttpRequest.newBuilder(
                      metadata.resolve(
                          "/computeMetadata/v1/instance/service-accounts/default/token"))
                  .header("Metadata-Flavor", "Google"));
      Optional<JsonNode> version =
          token.isEmpty()
              ? Optional.empty()
              : get(
                  client,
                  HttpRequest.newBuilder(
                          api.resolve(
                              "/v1/projects/%s/secrets/%s/versions/latest:access"
                                  .formatted(project, name(variable))))
                      .header(
                          "Authorization", "Bearer " + token.get().path("access_token").asText()));
      return version
          .map(node -> node.path("payload").path("data").asText())
          .filter(data -> !data.isEmpty())
          .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The machine is not in Google Cloud, or the answer is not what the interface documents.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String name(String variable) {
    return "trendflow-" + variable.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<JsonNode> get(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    return answer.statusCode() == 200
        ? Optional.of(JSON.readTree(answer.body()))
        : Optional.empty();
  }
}
