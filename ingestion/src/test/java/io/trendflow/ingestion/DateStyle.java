package io.trendflow.ingestion;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Style of dates in exports, formatted by hand so that the test is independent of the code. */
enum DateStyle {
  ISO(null),
  ISO_TIME(null),
  ISO_INSTANT(null),
  ISO_OFFSET(null),
  FRENCH("dd/MM/yyyy"),
  GERMAN("d.M.yyyy H:mm"),
  COMPACT("yyyyMMdd"),
  OFFSET("yyyy-MM-dd HH:mm:ss xx"),
  EPOCH_SECONDS("epoch_seconds"),
  EPOCH_MILLIS("epoch_millis");

  private final @Nullable String format;

  DateStyle(@Nullable String format) {
    this.format = format;
  }

  /** Returns the key of a column in a configuration. */
  String key() {
    return format == null ? "" : ", format: '" + format + "'";
  }

  String write(LocalDateTime time) {
    return switch (this) {
      case ISO -> text("%1$04d-%2$02d-%3$02d", time);
      case ISO_TIME -> text("%1$04d-%2$02d-%3$02d %4$02d:%5$02d", time);
      case ISO_INSTANT -> text("%1$04d-%2$02d-%3$02dT%4$02d:%5$02d:00.000Z", time);
      case ISO_OFFSET -> text("%1$04d-%2$02d-%3$02dT%4$02d:%5$02d:00-08:00", time);
      case FRENCH -> text("%3$02d/%2$02d/%1$04d", time);
      case GERMAN -> text("%3$d.%2$d.%1$d %4$d:%5$02d", time);
      case COMPACT -> text("%1$04d%2$02d%3$02d", time);
      case OFFSET -> text("%1$04d-%2$02d-%3$02d %4$02d:%5$02d:00 +0530", time);
      case EPOCH_SECONDS -> String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
      case EPOCH_MILLIS -> time.toEpochSecond(ZoneOffset.UTC) + "123";
    };
  }

  private static String text(String form, LocalDateTime time) {
    return String.format(
        Locale.ROOT,
        form,
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute());
  }

  /** Returns a day, or an instant whose day depends on the market. */
  Object meaning(LocalDateTime time) {
    return switch (this) {
      case ISO_INSTANT, EPOCH_SECONDS, EPOCH_MILLIS -> time.toInstant(ZoneOffset.UTC);
      case ISO_OFFSET -> time.toInstant(ZoneOffset.ofHours(-8));
      case OFFSET -> time.toInstant(ZoneOffset.ofHoursMinutes(5, 30));
      default -> time.toLocalDate();
    };
  }
}
