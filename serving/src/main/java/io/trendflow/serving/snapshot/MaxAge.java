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
 * How old data may be before the answers are degraded.
 *
 * @param run days since as_of
 * @param sources days since a source's latest complete day, by source; any age for the others
 */
@ConfigurationProperties("trendflow.max-age")
public record MaxAge(
    int run,
    @MapFormat(keyFormat = io.micronaut.core.naming.conventions.StringConvention.RAW)
        @Nullable Map<String, Integer> sources) {

  /** A sentence for each that is older on a day. */
  List<String> exceeded(Run served, LocalDate today) {
    List<String> sentences = new ArrayList<>();
    long age = ChronoUnit.DAYS.between(served.asOf(), today);
    if (age > run) {
      sentences.add(
          "The run is as of %s, %d days ago; %d are allowed.".formatted(served.asOf(), age, run));
    }
    for (Run.Source source : served.sources()) {
      Integer allowed = of(source.source());
      LocalDate reached = source.watermark();
      if (allowed == null || (reached != null && !reached.isBefore(today.minusDays(allowed)))) {
        continue;
      }
      sentences.add(
          reached == null
              ? "Source %s has no complete day.".formatted(source.source())
              : "Source %s reaches to %s, %d days ago; %d are allowed."
                  .formatted(
                      source.source(), reached, ChronoUnit.DAYS.between(reached, today), allowed));
    }
    return sentences;
  }

  /** The days allowed for a source; null for any. */
  public @Nullable Integer of(String source) {
    return sources == null ? null : sources.get(source);
  }
}
