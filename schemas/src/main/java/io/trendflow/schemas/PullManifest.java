package io.trendflow.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Manifest of a pull: the file {@value #FILE} in the folder of the pull, written after all other
 * files. A folder without a manifest may still grow.
 *
 * @param source source that was pulled
 * @param pulledAt time of the pull
 * @param complete whether everything was pulled; an incomplete pull is never read
 * @param records number of records in the files; null if it is unknown
 * @param requests number of requests that the pull took; null if it is unknown
 * @param days days of which the pull has every record, ascending; null if the files themselves show
 *     the days
 * @param files the files of the pull
 * @param api name and version of the interface; null if it is unknown
 * @param requestHash hash of what was asked for; null if it is unknown
 * @param codeVersion version of the code that pulled; null if it is unknown
 * @param seen counts by which the next pull recognises a change, such as the orders of a day
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PullManifest(
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) Instant pulledAt,
    @JsonProperty(required = true) boolean complete,
    @Nullable Long records,
    @Nullable Long requests,
    @Nullable List<PullDays> days,
    @JsonProperty(required = true) List<PulledFile> files,
    @Nullable String api,
    @Nullable String requestHash,
    @Nullable String codeVersion,
    @Nullable Map<String, Long> seen) {

  /** Name of the file in the folder of the pull. */
  public static final String FILE = "_pull.json";

  /**
   * Days from the first to the last, both included.
   *
   * @param from first day
   * @param to last day
   */
  public record PullDays(
      @JsonProperty(required = true) LocalDate from, @JsonProperty(required = true) LocalDate to)
      implements Serializable {
    /** Creates a range of days. */
    public PullDays {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("days has from " + from + " after to " + to);
      }
    }

    /** Returns whether all days of a period are in the range. */
    public boolean holds(LocalDate first, LocalDate last) {
      return !first.isBefore(from) && !last.isAfter(to);
    }
  }

  /**
   * File of a pull.
   *
   * @param name name below the folder of the pull
   * @param bytes size as stored
   * @param sha256 hash of the stored bytes, in hexadecimal
   */
  public record PulledFile(
      @JsonProperty(required = true) String name,
      long bytes,
      @JsonProperty(required = true) String sha256) {}

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(LocalDate.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new Moments())
                  .addDeserializer(LocalDate.class, new Days()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * Reads a manifest; keys that are not known are ignored.
   *
   * @throws IllegalArgumentException in half a sentence that names what is missing or not valid
   */
  public static PullManifest parse(byte[] json) {
    try {
      return JSON.readValue(json, PullManifest.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          e.getOriginalMessage().lines().findFirst().orElse("it is not valid JSON"), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the manifest as JSON. */
  public byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads an ISO instant. */
  private static final class Moments extends FromStringDeserializer<Instant> {
    Moments() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String text, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(
                Instant.class, text, "use a time such as 2024-05-31T06:00:00Z");
      }
    }
  }

  /** Reads an ISO day. */
  private static final class Days extends FromStringDeserializer<LocalDate> {
    Days() {
      super(LocalDate.class);
    }

    @Override
    protected LocalDate _deserialize(String text, DeserializationContext context)
        throws IOException {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        return (LocalDate)
            context.handleWeirdStringValue(LocalDate.class, text, "use a day such as 2024-05-31");
      }
    }
  }
}
