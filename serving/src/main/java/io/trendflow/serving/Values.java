package io.trendflow.serving;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Turns what DuckDB returns into the types of our records, and refuses what doesn't fit. */
final class Values {
  private Values() {}

  static @Nullable Object of(@Nullable Object raw, AnnotatedType type, String column)
      throws SQLException {
    if (type instanceof AnnotatedParameterizedType list) {
      return raw == null ? List.of() : list(raw, list, column);
    }
    if (raw == null) {
      if (type.isAnnotationPresent(Nullable.class)) {
        return null;
      }
      throw new IllegalArgumentException("column " + column + " lacks a value");
    }
    Class<?> target = (Class<?>) type.getType();
    Object value = target.isRecord() ? struct(raw, target, column) : scalar(raw, target);
    if (value == null) {
      throw new IllegalArgumentException(
          "column " + column + " holds " + raw + ", which is no " + target.getSimpleName());
    }
    return value;
  }

  private static List<?> list(Object raw, AnnotatedParameterizedType type, String column)
      throws SQLException {
    if (!(raw instanceof Array array)) {
      throw new IllegalArgumentException("column " + column + " holds " + raw + ", not a list");
    }
    AnnotatedType element = type.getAnnotatedActualTypeArguments()[0];
    List<Object> values = new ArrayList<>();
    for (Object value : (Object[]) array.getArray()) {
      values.add(of(value, element, column));
    }
    return List.copyOf(values);
  }

  private static @Nullable Object struct(Object raw, Class<?> target, String column)
      throws SQLException {
    if (!(raw instanceof DuckDBStruct struct)) {
      return null;
    }
    Map<String, Object> fields = struct.getMap();
    RecordComponent[] components = target.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      String name = RecordReader.column(components[i]);
      values[i] = of(fields.get(name), components[i].getAnnotatedType(), column + "." + name);
    }
    return RecordReader.create(target.asSubclass(Record.class), values);
  }

  /** Null when the value is of another type, or no finite number. */
  private static @Nullable Object scalar(Object raw, Class<?> target) {
    if (target == double.class || target == Double.class) {
      return raw instanceof Double number && Double.isFinite(number) ? number : null;
    }
    if (target == long.class || target == Long.class) {
      return raw instanceof Long || raw instanceof Integer ? ((Number) raw).longValue() : null;
    }
    if (target == boolean.class || target == Boolean.class) {
      return raw instanceof Boolean ? raw : null;
    }
    if (target == BigDecimal.class) {
      return raw instanceof BigDecimal number ? plain(number) : null;
    }
    if (target == Instant.class) {
      return instant(raw);
    }
    return target.isInstance(raw) ? raw : null;
  }

  /** Without the zeros that a fixed scale adds, and never in exponent form. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** Parquet files say "UTC" or, in Spark's older form, leave the zone out. */
  private static @Nullable Instant instant(Object raw) {
    if (raw instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return raw instanceof Timestamp time ? time.toLocalDateTime().toInstant(ZoneOffset.UTC) : null;
  }
}
