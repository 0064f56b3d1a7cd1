package io.trendflow.model;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code model.json}. Equal models give equal bytes. */
public final class ModelFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(TimeText.module())
          .build();

  private ModelFile() {}

  /** Writes a model as UTF-8 text and leaves the stream open. */
  public static void write(TrendModel model, OutputStream out) throws IOException {
    out.write(MAPPER.writeValueAsBytes(model));
  }

  /**
   * Reads a model and leaves the stream open.
   *
   * @throws IllegalArgumentException if the file is not a model that this version can evaluate; its
   *     message is a sentence for people
   */
  public static TrendModel read(InputStream in) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(in.readAllBytes());
      int version = json.path("format_version").asInt();
      if (version == TrendModel.WITHOUT_REFERENCE && json instanceof ObjectNode model) {
        model.put("format_version", TrendModel.FORMAT_VERSION).putNull("reference");
      } else {
        TrendModel.requireFormat(version);
      }
      return MAPPER.treeToValue(json, TrendModel.class);
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      String reason = cause == null ? e.getOriginalMessage() : cause.getMessage();
      throw unusable("at " + place(e) + ": " + reason, e);
    } catch (JsonProcessingException e) {
      throw unusable(e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "#" + step.getIndex() : step.getFieldName())
        .collect(joining(" "));
  }

  private static IllegalArgumentException unusable(@Nullable String reason, Exception cause) {
    return new IllegalArgumentException(
        "model.json cannot be used: " + reason + ". Restore the file or train the model again.",
        cause);
  }
}
