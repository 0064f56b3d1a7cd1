package io.trendflow.jobs.config;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes Jackson's error in a sentence: the key's full path, its value, what is allowed. */
final class ConfigProblem {
  private static final int LONGEST_VALUE = 60;

  private final ConfigKeys keys;
  private final ObjectNode tree;

  ConfigProblem(ConfigKeys keys, ObjectNode tree) {
    this.keys = keys;
    this.tree = tree;
  }

  String sentence(JsonMappingException problem) {
    String path = path(problem.getPath());
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return unknownKey(unknown);
    }
    if (problem instanceof ValueInstantiationException refused) {
      return refusal(path, refused);
    }
    JsonNode value = valueAt(problem.getPath());
    if (value == null) {
      return missing(path);
    }
    if (problem instanceof MismatchedInputException mismatch) {
      return "%s is %s, but must be %s."
          .formatted(path, text(path, value), AllowedValues.describe(mismatch, keys));
    }
    return path + ": " + problem.getOriginalMessage();
  }

  private String unknownKey(UnrecognizedPropertyException problem) {
    List<Reference> path = problem.getPath();
    String parent = path(path.subList(0, path.size() - 1));
    String prefix = parent.isEmpty() ? "" : parent + ".";
    List<String> known =
        problem.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
    String hint =
        keys.closest(prefix, problem.getPropertyName(), known)
            .map(key -> "did you mean " + key + "?")
            .orElse("use one of " + String.join(", ", known) + ".");
    return prefix + problem.getPropertyName() + " is not a valid key: " + hint;
  }

  /** Returns the message of a record's constructor, which begins with its key, after the path. */
  private String refusal(String path, ValueInstantiationException problem) {
    Throwable cause = problem.getCause();
    String sentence =
        cause == null || cause.getMessage() == null
            ? problem.getOriginalMessage()
            : cause.getMessage();
    if (path.isEmpty()) {
      return sentence;
    }
    String firstWord = sentence.split("[^A-Za-z0-9_]", 2)[0];
    boolean namesKey = keys.of(problem.getType().getRawClass()).contains(firstWord);
    return path + (namesKey ? "." : ": ") + sentence;
  }

  private String missing(String path) {
    String variable = keys.isKey(path) ? " or " + ConfigKeys.variable(path) : "";
    return "%s is missing: set it in the configuration, by --set %s=...%s."
        .formatted(path, path, variable);
  }

  private @Nullable JsonNode valueAt(List<Reference> path) {
    JsonNode node = tree;
    for (Reference reference : path) {
      node =
          reference.getFieldName() == null
              ? node.path(reference.getIndex())
              : node.path(reference.getFieldName());
    }
    return node.isMissingNode() ? null : node;
  }

  private static String text(String path, JsonNode value) {
    if (SecretKeys.isSecret(path.substring(path.lastIndexOf('.') + 1))) {
      return "***";
    }
    String text = value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  private static String path(List<Reference> references) {
    StringBuilder path = new StringBuilder();
    for (Reference reference : references) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }
}
