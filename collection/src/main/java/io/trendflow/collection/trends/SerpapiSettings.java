package io.trendflow.collection.trends;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.collection.pull.DayCount;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a source in SerpApi's Google Trends engine.
 *
 * @param api name of the collector
 * @param key reference to the key
 * @param keywords search terms, the most important first
 * @param places places as Google Trends names them, such as GB; empty for the world
 * @param every time between two pulls
 * @param maxRequests maximum of requests of a pull
 * @param endpoint address instead of SerpApi's, for tests
 */
record SerpapiSettings(
    @JsonProperty(required = true) String api,
    @JsonProperty(required = true) String key,
    @JsonProperty(required = true) List<String> keywords,
    @Nullable List<String> places,
    @Nullable String every,
    @Nullable Integer maxRequests,
    @Nullable String endpoint) {
  private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,2})d");
  private static final int EVERY_DAYS = 7;
  private static final int MOST_REQUESTS = 200;

  SerpapiSettings {
    if (keywords.isEmpty()) {
      throw new IllegalArgumentException("keywords is empty: name the search terms.");
    }
    if (maxRequests != null && maxRequests < 1) {
      throw new IllegalArgumentException(
          "max_requests is " + maxRequests + ": use a number of at least 1.");
    }
    interval(every);
  }

  List<String> geos() {
    return places == null || places.isEmpty() ? List.of("") : places;
  }

  Duration interval() {
    return interval(every);
  }

  private static Duration interval(@Nullable String every) {
    return Duration.ofDays(DayCount.of("every", every, EVERY_DAYS, DAYS));
  }

  int requests() {
    return maxRequests == null ? MOST_REQUESTS : maxRequests;
  }

  String search() {
    return (endpoint == null ? "https://serpapi.com" : endpoint) + "/search.json";
  }
}
