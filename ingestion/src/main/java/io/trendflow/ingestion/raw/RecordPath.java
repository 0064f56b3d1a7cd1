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
 * Paths of records and fields in a JSON document. A path of records begins with {@code /}; {@code
 * *} matches every element of an array. The path of a field starts at its record, with {@code ../}
 * at the enclosing node one {@code *} further out, or with {@code /} at the document.
 */
final class RecordPath {
  private static final Pattern SLASH = Pattern.compile("/");

  private RecordPath() {}

  /**
   * Returns the records of a document, each as a list of its enclosing nodes: first the document,
   * last the record.
   *
   * @throws FileRejectedException if no element has the path, or if a {@code *} of the path does
   *     not match an array; a single element without the path has no records
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

  /**
   * Returns the text of a field; null if there is none. Several values are separated by {@code ;}.
   */
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
   * Adds an enclosing node only for the first step and for a step after a {@code *}; other steps
   * replace the last node.
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
            + (names.isEmpty() ? "" : "; the names there are " + QuotedText.shortened(names))
            + ": correct format.records of the source.");
  }
}
