package io.trendflow.serving.store;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns a warehouse's numbers, texts and times into ours. */
final class ScalarDecoder {
  private ScalarDecoder() {}

  /** What makes a value of a type; null of one of another type, or of no finite number. */
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

  /** Without the zeros that a fixed scale adds, and never in exponent form. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * Parquet files say "UTC" or, in Spark's older form, leave the zone out; BigQuery has instants.
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
