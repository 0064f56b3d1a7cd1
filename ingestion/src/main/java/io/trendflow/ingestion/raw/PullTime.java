package io.trendflow.ingestion.raw;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a file was pulled from its source, as its folder {@code pulled_at=...} says. A folder that
 * gives only a day leaves the hour open: its rows count as known at the end of that UTC day, and as
 * complete only up to its beginning.
 *
 * @param folder the folder's name, which identifies the pull
 * @param knownAt when its rows became known
 * @param completeUntil the time up to which it can have seen everything
 */
public record PullTime(String folder, Instant knownAt, Instant completeUntil)
    implements Serializable {
  private static final Pattern FOLDER = Pattern.compile("(?:^|/)(pulled_at=([^/]*))/");

  /**
   * The pull of a file below {@code raw.path}; null where no folder tells it.
   *
   * @throws IllegalArgumentException if the folder's time is neither an ISO instant nor a day
   */
  public static @Nullable PullTime of(String file) {
    Matcher matcher = FOLDER.matcher(file);
    return matcher.find() ? parse(file, matcher.group(1), matcher.group(2)) : null;
  }

  private static PullTime parse(String file, String folder, String time) {
    try {
      if (time.contains("T")) {
        Instant instant = Instant.parse(time);
        return new PullTime(folder, instant, instant);
      }
      Instant start = LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new PullTime(folder, start.plus(Duration.ofDays(1)), start);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          file
              + " lies in "
              + folder
              + ", whose time is unclear: name the folder like pulled_at=2024-05-31T06:00:00Z"
              + " or pulled_at=2024-05-31.",
          e);
    }
  }
}
