package io.trendflow.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** Masks configured values that must not be logged, recognised by the names of their keys. */
final class SecretKeys {
  private static final JsonNode MASK = TextNode.valueOf("***");

  // api_key and key.file are secrets, keyword and keywords are not.
  private static final Pattern NAME =
      Pattern.compile(".*(token|password|secret).*|.*key([._-].*)?", Pattern.CASE_INSENSITIVE);

  private SecretKeys() {}

  static boolean isSecret(String key) {
    return NAME.matcher(key).matches();
  }

  /** Replaces the values of secret keys, at any depth. */
  static void mask(JsonNode tree) {
    if (tree instanceof ObjectNode mapping) {
      mapping
          .properties()
          .forEach(
              entry -> {
                if (isSecret(entry.getKey())) {
                  entry.setValue(MASK);
                }
              });
    }
    tree.forEach(SecretKeys::mask);
  }
}
