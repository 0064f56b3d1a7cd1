package io.trendflow.ingestion.raw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where records and their fields are in a JSON document. A path of records begins with {@code /};
 * {@code *} stands for every element of an array. A field is a path from its record, from what
 * holds it one {@code *} further out with {@code ../}, or from the document with {@code /}.
 */
final class RecordPath {
  private static final Pattern SLASH = Pattern.compile("/");

  private RecordPath() {}

  /**
   * The records of a document, each with what holds it: first the document, last the record.
   *
   * @throws FileRejectedException if no element has the path, or one has no array where it has a
   *     {@code *}; an element that lacks it has no records
   */
  static List<List<JsonNode>> records(RawFile file, JsonNode document, String path)
      throws FileRejectedException {
    List<List<JsonNode>> found = List.of(List.of(document));
    String passed = "";
    boolean begin = true;
    for (String step : steps(path)) {
      boolean added = begin;
      List<List<JsonNode>> next = new ArrayList<>();
      JsonNode lacking = null;
      for (List<JsonNode> holders : found) {
        JsonNode node = holders.get(holders.size() - 1);
        if (step.equals("*")) {
          if (!node.isArray()) {
            throw absent(file, "no array at " + (passed.isEmpty() ? "/" : passed), node);
          }
          node.forEach(element -> next.add(with(holders, element, added)));
        } else {
          JsonNode child = child(node, step);
          if (child == null || child.isNull()) {
            lacking = node;
          } else {
            next.add(with(holders, child, added));
          }
        }
      }
      if (lacking != null && next.isEmpty()) {
        throw absent(file, "nothing at " + passed + "/" + step, lacking);
      }
      begin = step.equals("*");
      passed = passed + "/" + step;
      found = next;
    }
    return found;
  }

  /** The text of a field; null where there is none. Several values are separated by {@code ;}. */
  static @Nullable String text(List<JsonNode> holders, String field) {
    int at = holders.size() - 1;
    String path = field;
    while (path.startsWith("../") && at > 0) {
      at--;
      path = path.substring(3);
    }
    if (path.startsWith("/")) {
      at = 0;
      path = path.substring(1);
    }
    JsonNode node = holders.get(at);
    for (String step : path.equals(".") ? List.<String>of() : steps(path)) {
      node = child(node, step);
      if (node == null) {
        return null;
      }
    }
    return text(node);
  }

  private static @Nullable String text(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .filter(element -> !element.isNull())
          .map(element -> element.isValueNode() ? element.asText() : element.toString())
          .collect(Collectors.joining(";"));
    }
    return node.isNull() ? null : node.isValueNode() ? node.asText() : node.toString();
  }

  private static List<String> steps(String path) {
    return Arrays.stream(SLASH.split(path, -1)).filter(step -> !step.isEmpty()).toList();
  }

  private static @Nullable JsonNode child(JsonNode node, String step) {
    if (node.isArray()) {
      return step.matches("\\d{1,9}") ? node.get(Integer.parseInt(step)) : null;
    }
    return node.get(step);
  }

  /**
   * What lies between two stars is one holder: only a step after a star, or the first, adds one.
   */
  private static List<JsonNode> with(List<JsonNode> holders, JsonNode node, boolean added) {
    List<JsonNode> longer = new ArrayList<>(holders);
    if (!added) {
      longer.remove(longer.size() - 1);
    }
    longer.add(node);
    return Collections.unmodifiableList(longer);
  }

  private static FileRejectedException absent(RawFile file, String what, JsonNode there) {
    List<String> names = new ArrayList<>();
    there.fieldNames().forEachRemaining(names::add);
    return new FileRejectedException(
        file.label()
            + " has "
            + what
            + (names.isEmpty() ? "" : ", but " + QuotedText.shortened(names))
            + ": correct format.records of the source.");
  }
}
