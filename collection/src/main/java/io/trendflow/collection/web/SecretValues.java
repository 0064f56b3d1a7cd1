package io.trendflow.collection.web;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets of the environment or another place, by references such as {@code ${SHOPIFY_TOKEN}}. */
public final class SecretValues {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final Map<String, String> env;
  private final Function<String, Optional<String>> otherwise;

  public SecretValues(Map<String, String> env) {
    this(env, variable -> Optional.empty());
  }

  /**
   * Creates the secrets of the environment and of another place.
   *
   * @param otherwise returns the value of a variable that is not set
   */
  public SecretValues(Map<String, String> env, Function<String, Optional<String>> otherwise) {
    this.env = env;
    this.otherwise = otherwise;
  }

  /** Returns whether a text is a reference, and therefore not a secret itself. */
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /**
   * Returns the value of a reference.
   *
   * @param key key of the configuration, for messages
   * @throws IllegalArgumentException if the text is not a reference, or the variable is not set;
   *     the message does not have the text, which may be a secret
   */
  public String of(String key, String reference) {
    Matcher matcher = REFERENCE.matcher(reference);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          key
              + " has a literal value: set it to ${NAME}, where the environment variable NAME has the"
              + " secret.");
    }
    String value = env.get(matcher.group(1));
    if (value == null || value.isBlank()) {
      value = otherwise.apply(matcher.group(1)).orElse("");
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          key
              + " is ${"
              + matcher.group(1)
              + "}, but the environment variable "
              + matcher.group(1)
              + " is not set: export it.");
    }
    return value.strip();
  }
}
