package io.trendflow.jobs;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys that a tree of records knows. */
final class ConfigKeys {
  private final ObjectMapper mapper;
  private final List<String> paths = new ArrayList<>();

  ConfigKeys(ObjectMapper mapper, Class<?> type) {
    this.mapper = mapper;
    collect("", type);
  }

  /** The environment's variables: {@code TRENDFLOW_STORE_PATH} for {@code store.path}. */
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

  /** The keys of a record in their order. */
  List<String> of(Class<?> record) {
    return properties(record).stream().map(BeanPropertyDefinition::getName).toList();
  }

  /** The key that someone may have meant who wrote an unknown one. */
  Optional<String> closest(String parent, String unknown, List<String> siblings) {
    Optional<String> sibling =
        siblings.stream()
            .filter(name -> distance(name, unknown) <= 1 + unknown.length() / 4)
            .min((a, b) -> Integer.compare(distance(a, unknown), distance(b, unknown)))
            .map(name -> parent + name);
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

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
