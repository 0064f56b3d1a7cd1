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
import org.jspecify.annotations.Nullable;

/** A key of the API, from the settings {@code trendflow.api-keys.<name>.*}. */
@EachProperty("trendflow.api-keys")
public final class ApiKey {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final CallerAccess access;
  private final String hash;
  private final int perMinute;
  private final Bucket bucket;

  /**
   * Checks the settings.
   *
   * @param hash SHA-256 of the key in hexadecimal; the key itself is stored nowhere
   * @param markets what it opens; every market without
   * @param requestsPerMinute that it may make
   */
  @ConfigurationInject
  ApiKey(
      @Parameter String name,
      @Bindable(defaultValue = "") String hash,
      @Nullable List<String> markets,
      @Bindable(defaultValue = "600") int requestsPerMinute) {
    if (!SHA_256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "trendflow.api-keys."
              + name
              + ".hash is no SHA-256 in hexadecimal: bin/trendflow key makes a key and its hash.");
    }
    if (requestsPerMinute < 1) {
      throw new IllegalArgumentException(
          "trendflow.api-keys."
              + name
              + ".requests-per-minute is "
              + requestsPerMinute
              + ", but must be at least 1.");
    }
    this.access = new CallerAccess(name, markets == null ? null : Set.copyOf(markets));
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

  public CallerAccess access() {
    return access;
  }

  String hash() {
    return hash;
  }

  /** Requests of a minute. */
  int perMinute() {
    return perMinute;
  }

  /** What is left of them. */
  Bucket bucket() {
    return bucket;
  }
}
