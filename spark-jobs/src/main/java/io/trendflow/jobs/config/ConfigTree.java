package io.trendflow.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The layers of a configuration, merged in the order in which they are added. */
final class ConfigTree {
  private final YAMLMapper mapper;
  private final ObjectNode root;

  ConfigTree(YAMLMapper mapper) {
    this.mapper = mapper;
    this.root = mapper.createObjectNode();
  }

  ObjectNode root() {
    return root;
  }

  void addResource(Class<?> beside, String name) {
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
      addMapping(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void addFile(Path file) {
    KeyValidation.that(Files.exists(file), "Configuration " + file + " does not exist.");
    KeyValidation.that(Files.isRegularFile(file), "Configuration " + file + " is not a file.");
    try {
      addMapping(Files.readString(file), "Configuration " + file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Configuration " + file + " can't be read as UTF-8 text.", e);
    }
  }

  /** Adds the value of a variable, unless the variable is unset or blank. */
  void addVariable(String key, String variable, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      put(key, parse(value, variable));
    }
  }

  void addSet(String set) {
    int equals = set.indexOf('=');
    KeyValidation.that(equals > 0, "\"" + set + "\" is not a valid --set: use key=value.");
    String key = set.substring(0, equals).strip();
    put(key, parse(set.substring(equals + 1), "--set " + key));
  }

  /**
   * Adds a preset's values under each mapping of a key that names a preset. The mapping's own keys
   * and values take precedence. A mapping that is collected is collected by the interface of its
   * preset.
   *
   * @param presets name to YAML
   */
  void expandPresets(String key, UnaryOperator<String> presets) {
    if (!(root.get(key) instanceof ObjectNode mappings)) {
      return;
    }
    for (String name : names(mappings)) {
      if (mappings.get(name) instanceof ObjectNode own && own.has("preset")) {
        String preset = own.remove("preset").asText();
        if (own.get("collect") instanceof ObjectNode collect && !collect.has("api")) {
          collect.put("api", preset.replaceFirst("-api$", ""));
        }
        ObjectNode expanded = mapper.createObjectNode();
        merge(expanded, (ObjectNode) parse(preset(presets, key + "." + name, preset), preset), "");
        merge(expanded, own, key + "." + name + ".");
        mappings.set(name, expanded);
      }
    }
  }

  /** Sets the files of each source that is collected to those that its pulls land. */
  void fillPulledFiles(String key) {
    if (root.get(key) instanceof ObjectNode sources) {
      for (String name : names(sources)) {
        if (sources.get(name) instanceof ObjectNode own && own.has("collect")) {
          if (!own.has("files")) {
            own.put("files", name + "/pulled_at=*/page-*");
          }
          if (!own.has("manifest")) {
            own.put("manifest", "required");
          }
        }
      }
    }
  }

  private static String preset(UnaryOperator<String> presets, String path, String preset) {
    try {
      return presets.apply(preset);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + "." + e.getMessage(), e);
    }
  }

  private static List<String> names(ObjectNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private void addMapping(String yaml, String origin) {
    JsonNode layer = parse(yaml, origin);
    KeyValidation.that(
        layer.isObject(), origin + " has no keys: it must be YAML of the form key: value.");
    merge(root, (ObjectNode) layer, "");
  }

  private void put(String key, JsonNode value) {
    List<String> names = List.of(key.split("\\.", -1));
    ObjectNode layer = mapper.createObjectNode();
    ObjectNode parent = layer;
    for (String name : names.subList(0, names.size() - 1)) {
      parent = parent.putObject(name);
    }
    parent.set(names.get(names.size() - 1), value);
    merge(root, layer, "");
  }

  private static void merge(ObjectNode target, ObjectNode layer, String path) {
    layer
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              JsonNode value = entry.getValue();
              KeyValidation.that(
                  !value.isNull() && !value.isMissingNode(),
                  path + name + " has no value: set one or remove the key.");
              if (value instanceof ObjectNode inner) {
                ObjectNode mapping =
                    target.get(name) instanceof ObjectNode there ? there : target.putObject(name);
                merge(mapping, inner, path + name + ".");
              } else {
                target.set(name, value);
              }
            });
  }

  private JsonNode parse(String yaml, String origin) {
    try {
      return mapper.readTree(yaml);
    } catch (JsonProcessingException e) {
      String problem = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new IllegalArgumentException(
          "%s is not valid YAML in line %d: %s."
              .formatted(origin, e.getLocation().getLineNr(), problem),
          e);
    }
  }
}
