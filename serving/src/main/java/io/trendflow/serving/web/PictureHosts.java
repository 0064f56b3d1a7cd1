package io.trendflow.serving.web;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hosts from which pages may load pictures of products: those that the operator names. Without a
 * name, pages load no picture, because its address is a text of the catalogue, and the host behind
 * it would see who looks at which product.
 */
@Context
public final class PictureHosts {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

  private final Set<String> names = new TreeSet<>();

  /**
   * Creates the hosts.
   *
   * @param hosts names of hosts, separated by commas
   * @throws IllegalArgumentException if one is not the name of a host
   */
  PictureHosts(@Value("${trendflow.pictures.hosts:}") String hosts) {
    for (String host : hosts.isBlank() ? new String[0] : hosts.split(",", -1)) {
      String name = host.strip().toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "trendflow.pictures.hosts has '%s', which is not the name of a host: list names separated by commas, such as cdn.example.com."
                .formatted(host.strip()));
      }
      names.add(name);
    }
  }

  /** Returns the sources of pictures in a content security policy. */
  String policy() {
    return names.stream().map(name -> " https://" + name).collect(Collectors.joining());
  }

  /** Returns the address of a picture if pages may load it; null if not. */
  public @Nullable String allowed(@Nullable String address) {
    if (address == null || names.isEmpty()) {
      return null;
    }
    try {
      URI uri = new URI(address.strip());
      return "https".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getPort() == -1
              && uri.getRawUserInfo() == null
              && names.contains(uri.getHost().toLowerCase(Locale.ROOT))
          ? uri.toASCIIString()
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
