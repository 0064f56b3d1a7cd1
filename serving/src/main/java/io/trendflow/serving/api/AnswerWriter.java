package io.trendflow.serving.api;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes answers as JSON. */
@Singleton
final class AnswerWriter {
  private final JsonMapper json;

  AnswerWriter(JsonMapper json) {
    this.json = json;
  }

  /**
   * Returns an answer as JSON.
   *
   * @param fields comma-separated fields of the items to include; null for all fields
   */
  byte[] write(Answer<?> answer, @Nullable String fields) throws IOException {
    if (fields == null) {
      return json.writeValueAsBytes(answer);
    }
    JsonNode whole = json.writeValueToTree(answer);
    Map<String, JsonNode> sparse = new LinkedHashMap<>();
    whole.entries().forEach(entry -> sparse.put(entry.getKey(), entry.getValue()));
    List<String> names = Arrays.asList(fields.split(","));
    List<JsonNode> items = new ArrayList<>();
    whole.get("items").values().forEach(item -> items.add(only(item, names)));
    sparse.put("items", JsonNode.createArrayNode(items));
    return json.writeValueAsBytes(JsonNode.createObjectNode(sparse));
  }

  private static JsonNode only(JsonNode item, List<String> names) {
    Map<String, JsonNode> some = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : item.entries()) {
      if (names.contains(entry.getKey())) {
        some.put(entry.getKey(), entry.getValue());
      }
    }
    return JsonNode.createObjectNode(some);
  }
}
