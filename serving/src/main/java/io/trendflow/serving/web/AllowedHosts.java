package io.trendflow.serving.web;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host names by which a service without keys may be asked. A page of another site can make its own
 * name point to this machine (DNS rebinding) and would then read every answer; the Host header of
 * its requests still has the name of that site.
 */
@Singleton
final class AllowedHosts {
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::[0-9]*)?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

  private final Set<String> names = new HashSet<>();

  /**
   * Creates the names.
   *
   * @param hosts further names, separated by commas
   */
  AllowedHosts(@Value("${trendflow.hosts:}") String hosts) {
    for (String name : hosts.split(",", -1)) {
      names.add(name.strip().toLowerCase(Locale.ROOT));
    }
    names.remove("");
  }

  /** Returns whether a Host header, which only HTTP/1.0 leaves out, has an allowed name. */
  boolean contains(@Nullable String header) {
    if (header == null) {
      return true;
    }
    Matcher host = HOST.matcher(header.toLowerCase(Locale.ROOT));
    return host.matches()
        && (LOOPBACK.matcher(host.group(1)).matches() || names.contains(host.group(1)));
  }
}
