package io.trendflow.serving.store;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Converts numbers, texts and times of a warehouse to our types. */
final class ScalarDecoder {
  private ScalarDecoder() {}

  /**
   * Returns the conversion to a type. It returns null for a value of another type or a number that
   * is not finite.
   */
  static UnaryOperator<@Nullable Object> to(Class<?> target) {
    if (target == double.class || target == Double.class) {
      return raw -> raw instanceof Double number && Double.isFinite(number) ? number : null;
    }
    if (target == long.class || target == Long.class) {
      return raw -> raw instanceof Long || raw instanceof Integer ? whole(raw) : null;
    }
    if (target == boolean.class || target == Boolean.class) {
      return raw -> raw instanceof Boolean ? raw : null;
    }
    if (target == BigDecimal.class) {
      return raw -> raw instanceof BigDecimal number ? plain(number) : null;
    }
    if (target == Instant.class) {
      return ScalarDecoder::instant;
    }
    return raw -> target.isInstance(raw) ? raw : null;
  }

  private static Long whole(Object number) {
    return number instanceof Long same ? same : (Long) ((Number) number).longValue();
  }

  /** Removes the trailing zeros that a fixed scale adds, and never yields exponent form. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * Converts the forms of a time: Parquet files have UTC or, in Spark's older form, no time zone;
   * BigQuery has instants.
   */
  private static @Nullable Instant instant(@Nullable Object raw) {
    if (raw instanceof Instant time) {
      return time;
    }
    if (raw instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return raw instanceof Timestamp time ? time.toLocalDateTime().toInstant(ZoneOffset.UTC) : null;
  }
}
