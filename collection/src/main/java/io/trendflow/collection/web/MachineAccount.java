package io.trendflow.collection.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Service account of a machine of Google Cloud, whose metadata server gives access tokens. */
public final class MachineAccount {
  private static final URI METADATA = URI.create("http://metadata.google.internal");
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI metadata;

  /**
   * Creates an account.
   *
   * @param metadata address of the metadata server
   */
  public MachineAccount(URI metadata) {
    this.metadata = metadata;
  }

  /** Returns the account of this machine; nothing is requested yet. */
  public static MachineAccount ofThisMachine() {
    return new MachineAccount(METADATA);
  }

  /**
   * Returns an access token; empty if the machine has no service account.
   *
   * @param scope scope of the token, which Cloud Run can choose; null for all of Google Cloud
   */
  public Optional<String> token(@Nullable String scope) {
    String query = scope == null ? "" : "?scopes=" + UrlText.encoded(scope);
    return get(HttpRequest.newBuilder(
                metadata.resolve(
                    "/computeMetadata/v1/instance/service-accounts/default/token" + query))
            .header("Metadata-Flavor", "Google"))
        .map(answer -> answer.path("access_token").asText())
        .filter(token -> !token.isEmpty());
  }

  /** Returns the JSON that answers a request; empty if there is none. */
  Optional<JsonNode> get(HttpRequest.Builder request) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    try {
      HttpResponse<byte[]> answer =
          client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      // The machine is not in Google Cloud, or the answer is not what the interface documents.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
