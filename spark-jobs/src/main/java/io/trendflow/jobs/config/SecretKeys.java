package io.trendflow.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** Which configured values are not for logs, by the name of their key. */
final class SecretKeys {
  private static final JsonNode MASK = TextNode.valueOf("***");

  /** {@code api_key} and {@code key.file} are secrets, {@code keyword} and {@code keywords} not. */
  private static final Pattern NAME =
      Pattern.compile(".*(token|password|secret).*|.*key([._-].*)?", Pattern.CASE_INSENSITIVE);

  private SecretKeys() {}

  static boolean isSecret(String key) {
    return NAME.matcher(key).matches();
  }

  /** Replaces the values of secret keys, however deep. */
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
