package io.trendflow.collection.pull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.web.PacedClock;
import io.trendflow.collection.web.RetryTimes;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.schemas.PullManifest.PullDays;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Task of a collector: one pull of a source.
 *
 * @param source name of the source
 * @param settings the source's {@code collect} in the configuration
 * @param zones time zones of the markets, in which its days begin; at least one
 * @param history earlier pulls
 * @param secrets secrets of the environment
 * @param clock the time, and the waits
 * @param times times of repeated requests
 * @param since first day to pull, instead of what is due; null for what is due
 * @param dryRun whether nothing is landed
 * @param progress receives a line for each page
 * @param codeVersion version of the code
 */
public record PullTask(
    String source,
    Map<String, Object> settings,
    List<ZoneId> zones,
    PullHistory history,
    SecretValues secrets,
    PacedClock clock,
    RetryTimes times,
    @Nullable LocalDate since,
    boolean dryRun,
    Consumer<String> progress,
    String codeVersion) {

  /**
   * Time before the last pull from which on updates are asked for: they become visible with a
   * delay, and clocks differ.
   */
  public static final Duration OVERLAP = Duration.ofMinutes(10);

  /** A pull a little earlier than its interval is due, because jobs do not start on the second. */
  private static final Duration EARLY = Duration.ofHours(2);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .build();

  /**
   * Returns the settings as a record.
   *
   * @throws IllegalArgumentException in one sentence: a key is unknown, or a value is not valid
   */
  public <T extends Record> T settings(Class<T> type) {
    JsonNode tree = MAPPER.valueToTree(settings);
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException e) {
      throw new IllegalArgumentException(
          key(e.getPropertyName()) + " is not a known key: use one of " + e.getKnownPropertyIds(),
          e);
    } catch (MismatchedInputException e) {
      throw new IllegalArgumentException(
          key(e.getPath().isEmpty() ? "" : e.getPath().get(0).getFieldName())
              + " is missing or has a value of another kind.",
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          key("")
              + " is not valid: "
              + (e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage()),
          e);
    }
  }

  /** Returns the path of a key in the configuration. */
  public String key(String name) {
    return "sources." + source + ".collect" + (name.isEmpty() ? "" : "." + name);
  }

  /** Returns the secret that a key refers to. */
  public String secret(String name, String reference) {
    return secrets.of(key(name), reference);
  }

  /** Returns whether a pull is due that comes every so often, or whose first day is named. */
  public boolean due(Duration interval) {
    return since != null
        || history
            .latest()
            .map(latest -> latest.pulledAt().plus(interval).minus(EARLY))
            .map(next -> !clock.instant().isBefore(next))
            .orElse(true);
  }

  /**
   * Returns the report of a pull that did not fail.
   *
   * @param records number of records that were landed, or would be
   * @param days days that the pull has in full; null if its records have no days
   */
  public PullReport report(
      PullOutcome outcome, long records, long requests, @Nullable List<PullDays> days) {
    double waited = clock.waited().toMillis() / 1000.0;
    return new PullReport(source, outcome, records, requests, days, waited, null);
  }
}
