package io.trendflow.ingestion.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.ingestion.config.FormatConfig;
import io.trendflow.ingestion.config.SourceConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Records of a JSON document, which is held in memory as a whole, or of JSON lines, which are read
 * one at a time.
 */
public final class JsonFile implements RecordFile {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A number may be an id, so 100.0 must not become 1E+2.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  /**
   * Prefix of the JSON of Google's web pages, which keeps scripts of other sites from reading it.
   */
  private static final String GUARD = ")]}'";

  private final RawFile file;
  private final FormatConfig format;
  private final NamedFields fields;
  private final BufferedReader text;

  /** Records of a document; null for JSON lines. */
  private final @Nullable Iterator<List<JsonNode>> records;

  /** Lines since the last one without a parent, each with its ancestors, by their ids. */
  private final Map<String, List<JsonNode>> family = new HashMap<>();

  private long line;

  private JsonFile(
      RawFile file,
      SourceConfig source,
      BufferedReader text,
      @Nullable Iterator<List<JsonNode>> records) {
    this.file = file;
    this.format = source.format();
    this.fields = new NamedFields(file, source);
    this.text = text;
    this.records = records;
  }

  public static JsonFile ofLines(RawFile file, SourceConfig source, Configuration hadoop)
      throws FileRejectedException {
    try {
      Reader text = RawBytes.text(file, source.format(), hadoop);
      return new JsonFile(file, source, new BufferedReader(text), null);
    } catch (IOException e) {
      throw RawBytes.refusal(file, source.format(), 0, e);
    }
  }

  public static JsonFile ofDocument(RawFile file, SourceConfig source, Configuration hadoop)
      throws FileRejectedException {
    JsonNode document = document(file, source.format(), hadoop);
    String path = String.valueOf(source.format().records());
    return new JsonFile(
        file,
        source,
        new BufferedReader(Reader.nullReader()),
        RecordPath.records(file, document, path).iterator());
  }

  /** Returns the whole document. */
  public static JsonNode document(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    try (BufferedReader text = new BufferedReader(RawBytes.text(file, format, hadoop))) {
      return parsed(file, withoutGuard(text), "");
    } catch (IOException e) {
      throw RawBytes.refusal(file, format, 0, e);
    }
  }

  @Override
  public FileHeader header() {
    return fields.header();
  }

  @Override
  public String @Nullable [] next() throws FileRejectedException {
    List<JsonNode> record =
        records == null ? nextLine() : records.hasNext() ? records.next() : null;
    if (record == null) {
      fields.checkNames();
      return null;
    }
    return fields.record(name -> RecordPath.text(record, name));
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be closed", e);
    }
  }

  private @Nullable List<JsonNode> nextLine() throws FileRejectedException {
    try {
      List<JsonNode> record = null;
      for (String json = text.readLine(); json != null; json = text.readLine()) {
        line++;
        if (!json.isBlank()) {
          record = withParents(parsed(file, json, " in line " + line));
          if (record != null) {
            break;
          }
        }
      }
      return record;
    } catch (IOException e) {
      throw RawBytes.refusal(file, format, fields.records(), e);
    }
  }

  /** Returns a line after its ancestors; null for a line that can only be a parent. */
  private @Nullable List<JsonNode> withParents(JsonNode node) throws FileRejectedException {
    if (format.parent() == null) {
      return List.of(node);
    }
    String parent = node.path(format.parent()).asText("");
    List<JsonNode> line = new ArrayList<>();
    if (parent.isEmpty()) {
      family.clear();
    } else {
      List<JsonNode> ancestors = family.get(parent);
      if (ancestors == null) {
        throw new FileRejectedException(
            file.label()
                + " has in line "
                + this.line
                + " a child of "
                + QuotedText.quoted(parent)
                + ", whose own line is not among the lines above: write every child after its parent"
                + " and before the next line without a parent.");
      }
      line.addAll(ancestors);
    }
    line.add(node);
    if (node.hasNonNull("id")) {
      family.put(node.get("id").asText(), line);
    }
    return parent.isEmpty() ? null : line;
  }

  private static JsonNode parsed(RawFile file, String json, String where)
      throws FileRejectedException {
    try {
      JsonNode node = JSON.readValue(json);
      if (node == null || !node.isContainerNode()) {
        throw new FileRejectedException(
            file.label() + " has no JSON object" + where + ": remove it or replace it.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw invalid(file, where, e.getOriginalMessage());
    } catch (NumberFormatException e) {
      // Thrown for an exponent that is too large, such as 0e99999999999.
      throw invalid(file, where, RawBytes.problem(e));
    }
  }

  private static FileRejectedException invalid(RawFile file, String where, String problem) {
    return new FileRejectedException(
        file.label()
            + " is not valid JSON"
            + where
            + " ("
            + problem.lines().findFirst().orElse("")
            + "); copy the file again or correct it.");
  }

  private static String withoutGuard(BufferedReader text) throws IOException {
    StringBuilder all = new StringBuilder();
    char[] buffer = new char[1 << 16];
    for (int n = text.read(buffer); n >= 0; n = text.read(buffer)) {
      all.append(buffer, 0, n);
    }
    boolean guarded = all.indexOf(GUARD) == 0 && all.indexOf("\n") > 0;
    return guarded ? all.substring(all.indexOf("\n")) : all.toString();
  }
}
