package io.trendflow.model;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/** Reads and writes dates and times as ISO 8601 text. */
final class TimeText<T> extends FromStringDeserializer<T> {
  private final transient Function<String, T> parser;

  private TimeText(Class<T> type, Function<String, T> parser) {
    super(type);
    this.parser = parser;
  }

  static SimpleModule module() {
    return new SimpleModule("times")
        .addSerializer(LocalDate.class, ToStringSerializer.instance)
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addDeserializer(LocalDate.class, new TimeText<>(LocalDate.class, LocalDate::parse))
        .addDeserializer(Instant.class, new TimeText<>(Instant.class, Instant::parse));
  }

  @Override
  protected T _deserialize(String text, DeserializationContext context) {
    return parser.apply(text);
  }
}
