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
 * Time at which a file was pulled from its source, from the name of its folder {@code
 * pulled_at=...}. If the folder names only a day, its rows count as known at the end of that UTC
 * day and as complete up to its beginning.
 *
 * @param folder name of the folder, which identifies the pull
 * @param knownAt time at which the rows became known
 * @param completeUntil time up to which the pull can be complete
 */
public record PullTime(String folder, Instant knownAt, Instant completeUntil)
    implements Serializable {
  private static final Pattern FOLDER = Pattern.compile("(?:^|/)(pulled_at=([^/]*))/");

  /**
   * Returns the pull time of a file below {@code raw.path}; null if the file is not in a pull
   * folder.
   *
   * @throws IllegalArgumentException if the time of the folder is neither an ISO instant nor a day
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
              + " is in the folder "
              + folder
              + ", whose time is not valid: use a name such as pulled_at=2024-05-31T06:00:00Z"
              + " or pulled_at=2024-05-31.",
          e);
    }
  }
}
