package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Loads a tree of records from YAML in layers: the defaults, the file, the environment, {@code
 * --set}. Mappings are merged; lists and single values replace those of an earlier layer.
 *
 * @param <T> a record; its components' names in snake_case are the keys
 */
final class ConfigLoader<T> {
  private final Class<T> type;
  private final String defaults;
  private final Consumer<ConfigTree> expansion;
  private final YAMLMapper mapper;
  private final ConfigKeys keys;

  /**
   * Creates a loader.
   *
   * @param defaults resource beside the record's class
   * @param expansion applied to the merged layers before they are bound to the records
   * @param modules Jackson modules that read types of other modules
   */
  ConfigLoader(Class<T> type, String defaults, Consumer<ConfigTree> expansion, Module... modules) {
    this.type = type;
    this.defaults = defaults;
    this.expansion = expansion;
    this.mapper =
        RecordJson.configure(YAMLMapper.builder())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModules(modules)
            .build();
    this.keys = new ConfigKeys(mapper, type);
  }

  /**
   * Loads a configuration.
   *
   * @throws IllegalArgumentException if it is not valid; the message is one sentence with the key,
   *     its value and what is allowed
   */
  T load(Path file, Map<String, String> env, List<String> sets) {
    ConfigTree tree = new ConfigTree(mapper);
    tree.addResource(type, defaults);
    tree.addFile(file);
    keys.variables().forEach((variable, key) -> tree.addVariable(key, variable, env.get(variable)));
    sets.forEach(tree::addSet);
    expansion.accept(tree);
    return bind(tree.root());
  }

  /** Returns a configuration as YAML, secrets masked. */
  String print(T config) {
    JsonNode tree = mapper.valueToTree(config);
    SecretKeys.mask(tree);
    try {
      return mapper.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private T bind(ObjectNode tree) {
    try {
      return mapper.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(new ConfigProblem(keys, tree).sentence(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
