package io.trendflow.serving.web;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.trendflow.schemas.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of the API. Without any, everybody on this machine may see everything. */
@Context
public final class ApiKeys {
  private final Map<String, ApiKey> byHash;
  private final Map<String, ApiKey> byName;
  private final boolean local;

  /**
   * Checks that a service without keys can't be reached from elsewhere.
   *
   * @throws IllegalArgumentException if it could
   */
  ApiKeys(List<ApiKey> keys, @Value("${micronaut.server.host}") String host) {
    local = isLoopback(host);
    if (keys.isEmpty() && !local) {
      throw new IllegalArgumentException(
          "The service would listen on "
              + host
              + ", which other machines can reach, without an API key: bin/trendflow key makes one,"
              + " or set MICRONAUT_SERVER_HOST to 127.0.0.1.");
    }
    byHash =
        keys.stream()
            .collect(Collectors.toMap(ApiKey::hash, Function.identity(), ApiKeys::refuseSame));
    byName =
        keys.stream().collect(Collectors.toMap(key -> key.access().caller(), Function.identity()));
  }

  private static ApiKey refuseSame(ApiKey a, ApiKey b) {
    List<String> names = Stream.of(a, b).map(key -> key.access().caller()).sorted().toList();
    throw new IllegalArgumentException(
        "trendflow.api-keys."
            + String.join(" and trendflow.api-keys.", names)
            + " have the same hash: give each its own key, which bin/trendflow key makes.");
  }

  private static boolean isLoopback(String host) {
    try {
      return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "micronaut.server.host is " + host + ", which is no address of this machine.", e);
    }
  }

  /** Whether requests need one. */
  boolean required() {
    return !byHash.isEmpty();
  }

  /** Whether only this machine reaches the service, so that it need not be encrypted. */
  public boolean local() {
    return local;
  }

  /** The key that a client sent. */
  public Optional<ApiKey> find(String secret) {
    // Looked up by a hash of the secret, the time that it takes tells nothing of the secrets.
    return Optional.ofNullable(byHash.get(Sha256.hex(secret)));
  }

  Optional<ApiKey> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
