package io.trendflow.jobs.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys of a configuration, derived from a tree of records. */
final class ConfigKeys {
  private final ObjectMapper mapper;
  private final List<String> paths = new ArrayList<>();

  ConfigKeys(ObjectMapper mapper, Class<?> type) {
    this.mapper = mapper;
    collect("", type);
  }

  /**
   * Returns the environment variables by their keys: {@code TRENDFLOW_STORE_PATH} for {@code
   * store.path}.
   */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String path : paths) {
      variables.put(variable(path), path);
    }
    return variables;
  }

  static String variable(String path) {
    return "TRENDFLOW_" + path.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  boolean isKey(String path) {
    return paths.contains(path);
  }

  /** Returns the keys of a record in the order of its components. */
  List<String> of(Class<?> record) {
    return properties(record).stream().map(BeanPropertyDefinition::getName).toList();
  }

  /** Returns the key that a misspelt or misplaced one probably stands for. */
  Optional<String> closest(String parent, String unknown, List<String> siblings) {
    Optional<String> sibling = SpellingHint.closest(unknown, siblings).map(name -> parent + name);
    return sibling.or(
        () -> paths.stream().filter(path -> path.endsWith("." + unknown)).findFirst());
  }

  private void collect(String prefix, Class<?> record) {
    for (BeanPropertyDefinition property : properties(record)) {
      JavaType type = property.getPrimaryType();
      if (type.getRawClass().isRecord()) {
        collect(prefix + property.getName() + ".", type.getRawClass());
      } else {
        paths.add(prefix + property.getName());
      }
    }
  }

  private List<BeanPropertyDefinition> properties(Class<?> record) {
    JavaType type = mapper.constructType(record);
    return mapper.getDeserializationConfig().introspect(type).findProperties();
  }
}
