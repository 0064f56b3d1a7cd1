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

/** API keys of the service. If there is none, everybody on this machine may see everything. */
@Context
public final class ApiKeys {
  private final Map<String, ApiKey> byHash;
  private final Map<String, ApiKey> byName;
  private final boolean local;

  /**
   * Creates the keys.
   *
   * @throws IllegalArgumentException if other machines can reach the service and there is no key,
   *     or if two keys have the same hash
   */
  ApiKeys(List<ApiKey> keys, @Value("${micronaut.server.host}") String host) {
    local = isLoopback(host);
    if (keys.isEmpty() && !local) {
      throw new IllegalArgumentException(
          "The service would listen on "
              + host
              + ", which other machines can reach, without an API key: make one with bin/trendflow"
              + " key, or set MICRONAUT_SERVER_HOST to 127.0.0.1.");
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
            + " have the same hash: make a key for each with bin/trendflow key.");
  }

  private static boolean isLoopback(String host) {
    try {
      return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "micronaut.server.host is '"
              + host
              + "', which is not an address of this machine: set MICRONAUT_SERVER_HOST to one, such"
              + " as 127.0.0.1.",
          e);
    }
  }

  /** Returns whether requests need a key. */
  boolean required() {
    return !byHash.isEmpty();
  }

  /** Returns whether only this machine can reach the service, which then needs no encryption. */
  public boolean local() {
    return local;
  }

  /** Returns the key with a secret that a client sent. */
  public Optional<ApiKey> find(String secret) {
    // The time of a look-up by hash reveals nothing about the secrets.
    return Optional.ofNullable(byHash.get(Sha256.hex(secret)));
  }

  Optional<ApiKey> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
