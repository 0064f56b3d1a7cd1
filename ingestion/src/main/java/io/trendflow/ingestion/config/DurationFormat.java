package io.trendflow.ingestion.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations of the configuration: whole days or hours, such as {@code 28d}. */
public final class DurationFormat {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})([dh])");

  private DurationFormat() {}

  /**
   * Reads {@code 28d} or {@code 36h}.
   *
   * @throws IllegalArgumentException for any other form
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is not a valid duration: use whole days or hours, such as 28d or 36h.");
    }
    long amount = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
  }

  /** Writes a duration in the form that {@link #parse} reads; whole days as days. */
  public static String format(Duration duration) {
    long hours = duration.toHours();
    return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
  }

  /** Reads a duration for Jackson. */
  public static final class Deserializer extends StdDeserializer<Duration> {
    public Deserializer() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parse(parser.getValueAsString(""));
    }
  }

  /** Writes a duration for Jackson. */
  public static final class Serializer extends StdSerializer<Duration> {
    public Serializer() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(format(value));
    }
  }
}
