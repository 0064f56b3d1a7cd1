package io.trendflow.ingestion.raw;

import io.trendflow.schemas.PullManifest.PullDays;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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
 * @param days days of which the pull has every record, from its manifest; null for all days from
 *     its first row to its last
 */
public record PullTime(
    String folder, Instant knownAt, Instant completeUntil, @Nullable List<PullDays> days)
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

  /** Returns the folder of the pull in which a file is, with a slash at its end. */
  static String folderOf(String file) {
    Matcher matcher = FOLDER.matcher(file);
    return matcher.find() ? file.substring(0, matcher.end()) : "";
  }

  /** Returns whether the pull has every record of a period. */
  public boolean holds(LocalDate first, LocalDate last) {
    return days == null || days.stream().anyMatch(own -> own.holds(first, last));
  }

  PullTime withDays(@Nullable List<PullDays> told) {
    return new PullTime(folder, knownAt, completeUntil, told);
  }

  private static PullTime parse(String file, String folder, String time) {
    try {
      if (time.contains("T")) {
        Instant instant = Instant.parse(time);
        return new PullTime(folder, instant, instant, null);
      }
      Instant start = LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new PullTime(folder, start.plus(Duration.ofDays(1)), start, null);
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
