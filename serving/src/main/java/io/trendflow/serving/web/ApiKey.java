package io.trendflow.serving.web;

import io.github.bucket4j.Bucket;
import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** API key, configured by the settings {@code trendflow.api-keys.<name>.*}. */
@EachProperty("trendflow.api-keys")
public final class ApiKey {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final CallerAccess access;
  private final String hash;
  private final int perMinute;
  private final Bucket bucket;

  /**
   * Creates a key from its settings.
   *
   * @param hash SHA-256 hash of the key in hexadecimal; the key itself is not stored anywhere
   * @param markets markets that the key gives access to; null for all markets
   * @param requestsPerMinute maximum number of requests per minute
   * @param write whether the key may add decisions
   * @throws IllegalArgumentException if a setting is not valid
   */
  @ConfigurationInject
  ApiKey(
      @Parameter String name,
      @Bindable(defaultValue = "") String hash,
      @Nullable List<String> markets,
      @Bindable(defaultValue = "600") int requestsPerMinute,
      @Bindable(defaultValue = "false") boolean write) {
    if (!SHA_256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "trendflow.api-keys."
              + name
              + ".hash is not a SHA-256 hash in hexadecimal: make a key and its hash with"
              + " bin/trendflow key.");
    }
    if (requestsPerMinute < 1) {
      throw new IllegalArgumentException(
          "trendflow.api-keys."
              + name
              + ".requests-per-minute is "
              + requestsPerMinute
              + ": set it to 1 or more.");
    }
    this.access =
        new CallerAccess(name, markets == null ? null : marketNames(name, markets), write);
    this.hash = hash;
    this.perMinute = requestsPerMinute;
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(requestsPerMinute)
                        .refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
            .build();
  }

  private static Set<String> marketNames(String name, List<String> markets) {
    Set<String> names = markets.stream().map(String::strip).collect(Collectors.toSet());
    if (names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException(
          "trendflow.api-keys."
              + name
              + ".markets lacks a name: list markets separated by commas, such as uk,de, or leave"
              + " the setting out for all markets.");
    }
    return Set.copyOf(names);
  }

  public CallerAccess access() {
    return access;
  }

  String hash() {
    return hash;
  }

  /** Returns the maximum number of requests per minute. */
  int perMinute() {
    return perMinute;
  }

  /** Returns the token bucket that limits the requests. */
  Bucket bucket() {
    return bucket;
  }
}
