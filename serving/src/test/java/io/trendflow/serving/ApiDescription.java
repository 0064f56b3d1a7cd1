package io.trendflow.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micronaut.http.HttpStatus;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Description of the API as docs/openapi.yml has it: what the compiler derives from the
 * controllers, ordered so that generated clients ask for the right media type, with the contracts'
 * descriptions of columns and with examples.
 */
final class ApiDescription {
  /** Address at which the service serves docs/openapi.yml. */
  static final String ADDRESS = "/openapi/trendflow.yml";

  static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /** Schema of a score, and of the part of it that the parameter fields asks for. */
  private static final String SCORE = "Score";

  private static final String LISTED_SCORE = "ListedScore";
  private static final String SCHEMAS = "#/components/schemas/";

  /** Tables whose contracts describe the properties that have no description of their own. */
  private static final Map<String, List<Table>> CONTRACTS =
      Map.ofEntries(
          Map.entry(SCORE, List.of(Table.SCORES)),
          Map.entry("PastScores.Past", List.of(Table.SCORES)),
          Map.entry("RollUp", List.of(Table.SCORES)),
          Map.entry("RankChange", List.of(Table.SCORES)),
          Map.entry("Product", List.of(Table.SCORES)),
          Map.entry("Run", List.of(Table.RUNS)),
          Map.entry("RunResult", List.of(Table.OUTCOMES)),
          Map.entry("Outcome", List.of(Table.OUTCOMES)),
          Map.entry("CatalogEntry", List.of(Table.CATALOG)),
          Map.entry("Decision", List.of(Table.DECISIONS)),
          Map.entry("DecisionRequest", List.of(Table.DECISIONS)),
          Map.entry("Finding", List.of(Table.FINDINGS)),
          Map.entry("Model", List.of(Table.MODELS)),
          Map.entry("Quality", List.of(Table.INGESTS, Table.CATALOG)),
          Map.entry("History", List.of(Table.SCORES)),
          Map.entry("History.Trend", List.of(Table.SIGNALS)),
          Map.entry("Signal.Point", List.of(Table.SIGNALS)),
          Map.entry("Mover", List.of(Table.SIGNALS)),
          Map.entry("Orders", List.of(Table.ORDERS)),
          Map.entry("Order", List.of(Table.ORDERS, Table.SCORES)),
          Map.entry("Order.Incomplete", List.of(Table.SCORES)),
          Map.entry("WhatIf", List.of(Table.SCORES)),
          Map.entry("Order.TooExpensive", List.of(Table.ORDERS, Table.SCORES)));

  /** Columns of type RECORD whose fields are a schema, as table and column. */
  private static final Map<String, Map.Entry<Table, String>> RECORDS =
      Map.of(
          "Run.LifecycleRows", Map.entry(Table.RUNS, "lifecycles"),
          "Run.Source", Map.entry(Table.RUNS, "sources"),
          "CatalogEntry.Attribute", Map.entry(Table.CATALOG, "attributes"),
          "ModelEvent.Parameter", Map.entry(Table.MODELS, "parameters"),
          "ModelEvent.Metric", Map.entry(Table.MODELS, "metrics"));

  private static final Pattern ESCAPED = Pattern.compile("\\\\([`|*_])");
  private static final Pattern RETURNS = Pattern.compile("^Returns ");

  private final ObjectNode root;

  private ApiDescription(ObjectNode root) {
    this.root = root;
  }

  /**
   * Returns the description in YAML.
   *
   * @param example returns the body of a successful answer to a path; empty if it has no example
   */
  static String yaml(UnaryOperator<String> example) throws IOException {
    ApiDescription description = new ApiDescription(generated());
    description.describeSchemas();
    description.describeOperations(example);
    return YAML.writeValueAsString(description.root);
  }

  /** Returns what the compiler wrote; it orders the keys of an object as reflection does. */
  private static ObjectNode generated() throws IOException {
    try (InputStream in =
        ApiDescription.class.getResourceAsStream("/META-INF/swagger/trendflow.yml")) {
      return (ObjectNode) YAML.readTree(in);
    }
  }

  private ObjectNode schemas() {
    return (ObjectNode) root.at("/components/schemas");
  }

  private void describeSchemas() {
    renameAnswers();
    schemas().properties().forEach(entry -> describe(entry.getKey(), entry.getValue()));
    ObjectNode listed = schemas().get(SCORE).deepCopy();
    listed.remove("required");
    listed.put("description", "Score, or the part of it that the parameter fields asks for.");
    schemas().set(LISTED_SCORE, listed);
    ((ObjectNode) schemas().at("/ScoreAnswer/properties/items/items"))
        .put("$ref", SCHEMAS + LISTED_SCORE);
    sortKeys(schemas());
  }

  /** Names an answer after its items: ScoreAnswer instead of Answer_ScoreRecord_. */
  private void renameAnswers() {
    Map<String, String> names = new LinkedHashMap<>();
    schemas()
        .properties()
        .forEach(
            entry -> {
              String item = entry.getValue().at("/properties/items/items/$ref").asText();
              if (entry.getKey().startsWith("Answer_")) {
                names.put(entry.getKey(), item.substring(SCHEMAS.length()) + "Answer");
              }
            });
    names.forEach((old, name) -> schemas().set(name, schemas().remove(old)));
    walk(
        root,
        node -> {
          String target = node.path("$ref").asText();
          String name = target.startsWith(SCHEMAS) ? target.substring(SCHEMAS.length()) : "";
          if (names.containsKey(name)) {
            node.put("$ref", SCHEMAS + names.get(name));
          }
        });
  }

  private void describe(String name, JsonNode schema) {
    String own = schema.path("description").asText();
    if (!own.isEmpty()) {
      boolean row = own.startsWith("Row of") || own.startsWith("Columns of");
      String text =
          row ? CONTRACTS.getOrDefault(name, List.of()).get(0).contract().description() : own;
      ((ObjectNode) schema).put("description", sentence(text));
    }
    SortedSet<String> required = new TreeSet<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              ObjectNode property =
                  referable(entry.getKey(), (ObjectNode) schema.get("properties"));
              if (!property.path("nullable").asBoolean()) {
                required.add(entry.getKey());
              }
              Optional.ofNullable(property.get("description"))
                  .map(JsonNode::asText)
                  .or(() -> column(name, entry.getKey()))
                  .or(() -> target(property))
                  .ifPresent(text -> property.put("description", sentence(text)));
            });
    boolean request = schema.path("additionalProperties").isBoolean();
    if (request) {
      // The record has them nullable, because it refuses their absence in a sentence of its own.
      schema
          .path("required")
          .forEach(
              property ->
                  ((ObjectNode) schema.get("properties").get(property.asText()))
                      .remove("nullable"));
    } else if (!required.isEmpty()) {
      ArrayNode names = ((ObjectNode) schema).putArray("required");
      required.forEach(names::add);
    }
  }

  /** Returns a property that may have a description: beside a $ref it would not count. */
  private static ObjectNode referable(String name, ObjectNode properties) {
    ObjectNode property = (ObjectNode) properties.get(name);
    if (property.has("$ref")) {
      ObjectNode wrapped = properties.objectNode();
      wrapped.putArray("allOf").add(property);
      properties.set(name, wrapped);
      return wrapped;
    }
    return property;
  }

  /** Returns the contract's description of a column. */
  private static Optional<String> column(String schema, String property) {
    Stream<List<TableField>> records =
        Optional.ofNullable(RECORDS.get(schema)).stream()
            .map(
                of -> field(of.getKey().contract().fields(), of.getValue()).orElseThrow().fields());
    Stream<List<TableField>> tables =
        CONTRACTS.getOrDefault(schema, List.of()).stream().map(table -> table.contract().fields());
    return Stream.concat(records, tables)
        .flatMap(fields -> field(fields, property).stream())
        .map(TableField::description)
        .map(text -> text.replace(" Partition column.", ""))
        .findFirst();
  }

  private static Optional<TableField> field(List<TableField> fields, String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** Returns the description of the schema that a property refers to. */
  private Optional<String> target(ObjectNode property) {
    String target = property.at("/allOf/0/$ref").asText();
    return target.isEmpty()
        ? Optional.empty()
        : Optional.of(
            schemas().get(target.substring(SCHEMAS.length())).get("description").asText());
  }

  private void describeOperations(UnaryOperator<String> example) {
    Map<String, ObjectNode> problems = new TreeMap<>();
    operations(
        root,
        (path, operation) -> {
          clean(operation);
          ArrayNode parameters = (ArrayNode) operation.get("parameters");
          if (parameters != null) {
            sort(parameters);
          }
          ObjectNode responses = (ObjectNode) operation.get("responses");
          sortKeys(responses);
          ObjectNode ok = (ObjectNode) responses.elements().next();
          describeSuccess(operation, ok);
          String body = operation.has("requestBody") ? "" : example.apply(path);
          if (!body.isEmpty()) {
            ((ObjectNode) ok.at("/content/application~1json")).set("example", shortened(body));
          }
          responses.fieldNames().forEachRemaining(code -> share(problems, code, responses));
        });
    ObjectNode shared = ((ObjectNode) root.get("components")).putObject("responses");
    problems.forEach(shared::set);
  }

  private static void describeSuccess(ObjectNode operation, ObjectNode ok) {
    ObjectNode content = (ObjectNode) ok.get("content");
    ObjectNode json = (ObjectNode) content.remove("application/json");
    ObjectNode others = content.deepCopy();
    content.removeAll();
    json.remove("example");
    content.set("application/json", json);
    sortKeys(others);
    content.setAll(others);
    String text = ok.path("description").asText();
    if (text.isEmpty() || text.endsWith(" response.")) {
      ok.put(
          "description",
          sentence(RETURNS.matcher(operation.get("summary").asText()).replaceFirst("")));
    }
  }

  /** Moves an error that all routes have to the components. */
  private static void share(Map<String, ObjectNode> problems, String code, ObjectNode responses) {
    if (List.of("400", "401", "403", "429", "503").contains(code)) {
      String name = HttpStatus.valueOf(Integer.parseInt(code)).getReason().replace(" ", "");
      problems.putIfAbsent(name, (ObjectNode) responses.get(code));
      responses.putObject(code).put("$ref", "#/components/responses/" + name);
    }
  }

  /** Removes what the compiler adds to texts and parameters without a meaning. */
  private static void clean(ObjectNode operation) {
    walk(
        operation,
        node -> {
          if (node.path("description").isTextual()) {
            node.put("description", sentence(node.get("description").asText()));
          }
        });
    operation.put("summary", sentence(operation.get("summary").asText()));
    if (operation.get("summary").equals(operation.get("description"))) {
      operation.remove("description");
    }
    for (JsonNode parameter : operation.path("parameters")) {
      ((ObjectNode) parameter.get("schema")).remove("nullable");
      if (parameter.get("name").asText().equals("Idempotency-Key")) {
        ((ObjectNode) parameter).put("required", true);
      }
    }
  }

  private static void sort(ArrayNode parameters) {
    List<JsonNode> sorted = new ArrayList<>();
    parameters.forEach(sorted::add);
    sorted.sort(
        Comparator.comparing((JsonNode p) -> List.of("path", "query", "header").indexOf(in(p)))
            .thenComparing(p -> p.get("name").asText()));
    parameters.removeAll();
    parameters.addAll(sorted);
  }

  private static String in(JsonNode parameter) {
    return parameter.get("in").asText();
  }

  /** Calls a function with the path and the description of each operation. */
  static void operations(JsonNode root, BiConsumer<String, ObjectNode> each) {
    root.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .elements()
                    .forEachRemaining(
                        operation -> each.accept(path.getKey(), (ObjectNode) operation)));
  }

  /** Returns a text as a sentence, without the escapes of Markdown. */
  private static String sentence(String text) {
    String plain = ESCAPED.matcher(text.strip()).replaceAll("$1");
    boolean word = plain.matches("(?s)[a-z]+ .*");
    String begun = word ? Character.toUpperCase(plain.charAt(0)) + plain.substring(1) : plain;
    return begun.endsWith(".") ? begun : begun + ".";
  }

  /** Returns a body whose lists end after their first element. */
  private static JsonNode shortened(String body) {
    ObjectMapper json =
        JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    try {
      JsonNode whole = json.readTree(body);
      walk(
          whole,
          node ->
              node.elements()
                  .forEachRemaining(
                      value -> {
                        while (value instanceof ArrayNode list && list.size() > 1) {
                          list.remove(list.size() - 1);
                        }
                      }));
      return whole;
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + body, e);
    }
  }

  private static void sortKeys(ObjectNode node) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    node.removeAll();
    node.setAll(sorted);
  }

  private static void walk(JsonNode node, Consumer<ObjectNode> each) {
    if (node instanceof ObjectNode object) {
      each.accept(object);
    }
    node.elements().forEachRemaining(child -> walk(child, each));
  }
}
