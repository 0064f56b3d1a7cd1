package io.trendflow.serving.snapshot;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.convert.format.MapFormat;
import io.trendflow.serving.store.Run;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maximum age of the data, beyond which the answers are degraded.
 *
 * @param run maximum number of days since as_of
 * @param sources maximum number of days since the latest complete day of each source; a source that
 *     is not in the map may have any age
 */
@ConfigurationProperties("trendflow.max-age")
public record MaxAge(
    int run,
    @MapFormat(keyFormat = io.micronaut.core.naming.conventions.StringConvention.RAW)
        @Nullable Map<String, Integer> sources) {

  /** Returns a sentence for the run and for each source that is older than allowed. */
  List<String> exceeded(Run served, LocalDate today) {
    List<String> sentences = new ArrayList<>();
    long age = ChronoUnit.DAYS.between(served.asOf(), today);
    if (age > run) {
      sentences.add(
          "The latest run is of %s, %d days ago; the maximum is %d days."
              .formatted(served.asOf(), age, run));
    }
    for (Run.Source source : served.sources()) {
      Integer allowed = of(source.source());
      LocalDate reached = source.watermark();
      if (allowed == null || (reached != null && !reached.isBefore(today.minusDays(allowed)))) {
        continue;
      }
      sentences.add(
          reached == null
              ? "Source %s has no complete day yet.".formatted(source.source())
              : "Source %s is complete up to %s, %d days ago; the maximum is %d days."
                  .formatted(
                      source.source(), reached, ChronoUnit.DAYS.between(reached, today), allowed));
    }
    return sentences;
  }

  /** Returns the maximum age of a source in days; null if it may have any age. */
  public @Nullable Integer of(String source) {
    return sources == null ? null : sources.get(source);
  }
}
