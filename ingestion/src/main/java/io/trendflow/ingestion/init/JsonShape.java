package io.trendflow.ingestion.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.JsonFile;
import io.trendflow.ingestion.raw.RawFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Guesses the records of JSON and the names of their fields. */
final class JsonShape {
  private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);
  private static final int DEPTH = 4;
  private static final int RECORDS = 200;

  private JsonShape() {}

  /**
   * Guesses the form of a document or of JSON lines.
   *
   * @param head beginning of the text
   */
  static RawShape of(RawFile file, String encoding, String head, Configuration hadoop)
      throws FileRejectedException {
    List<JsonNode> lines = lines(head);
    if (lines.size() > 1) {
      FormatConfig format = new FormatConfig(FileFormat.JSON_LINES, null, encoding, null);
      return new RawShape(format, null, fields(lines));
    }
    FormatConfig plain = new FormatConfig(FileFormat.JSON, null, encoding, null);
    JsonNode document = JsonFile.document(file, plain, hadoop);
    String preset = PresetShapes.ofDocument(document);
    if (preset != null) {
      return new RawShape(plain, preset, List.of());
    }
    String path = path(document, "", 0);
    if (path.isEmpty()) {
      throw new FileRejectedException("its JSON has no list of objects that could be the records.");
    }
    List<JsonNode> records = new ArrayList<>();
    document.at(path.substring(0, path.length() - 2)).forEach(node -> records.add(node));
    String inner = lines(records, fields(records));
    if (!inner.isEmpty()) {
      List<JsonNode> parts = new ArrayList<>();
      records.forEach(record -> record.path(inner).forEach(node -> parts.add(node)));
      List<String> names = new ArrayList<>(fields(parts));
      fields(records).stream()
          .filter(name -> !name.equals(inner))
          .forEach(name -> names.add("../" + name));
      return new RawShape(
          new FormatConfig(FileFormat.JSON, null, encoding, path + "/" + inner + "/*"),
          null,
          List.copyOf(names));
    }
    return new RawShape(
        new FormatConfig(FileFormat.JSON, null, encoding, path), null, fields(records));
  }

  /**
   * Returns the member of the records that is a list of objects with units, such as the lines of an
   * order; empty if there is none.
   */
  private static String lines(List<JsonNode> records, List<String> names) {
    for (String name : names) {
      List<JsonNode> parts = new ArrayList<>();
      records.forEach(
          record ->
              record
                  .path(name)
                  .forEach(
                      node -> {
                        if (node.isObject()) {
                          parts.add(node);
                        }
                      }));
      if (!FieldNames.columns(SourceKind.SALES, "units", fields(parts)).isEmpty()) {
        return name;
      }
    }
    return "";
  }

  /** Returns the objects of the lines; empty if the first line is not a complete object. */
  private static List<JsonNode> lines(String head) {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : head.lines().limit(RECORDS).toList()) {
      try {
        JsonNode node = JSON.readValue(line);
        if (node != null && node.isObject()) {
          objects.add(node);
        }
      } catch (JsonProcessingException e) {
        // The text may end within its last line.
        return objects;
      }
    }
    return objects;
  }

  /** Returns the path of the first list of objects; empty if there is none. */
  private static String path(JsonNode node, String at, int depth) {
    if (node.isArray()) {
      return !node.isEmpty() && node.get(0).isObject() ? at + "/*" : "";
    }
    if (node.isObject() && depth < DEPTH) {
      for (var member : node.properties()) {
        String found = path(member.getValue(), at + "/" + member.getKey(), depth + 1);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }

  /** Returns the members of the records and of the objects directly in them. */
  private static List<String> fields(List<JsonNode> records) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode record : records.subList(0, Math.min(records.size(), RECORDS))) {
      for (var member : record.properties()) {
        if (member.getValue().isObject()) {
          member.getValue().properties().stream()
              .filter(inner -> inner.getValue().isValueNode() && !inner.getValue().isNull())
              .forEach(inner -> names.add(member.getKey() + "/" + inner.getKey()));
        } else if (!member.getValue().isNull()) {
          names.add(member.getKey());
        }
      }
    }
    return List.copyOf(names);
  }
}
