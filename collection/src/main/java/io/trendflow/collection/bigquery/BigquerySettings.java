package io.trendflow.collection.bigquery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.collection.pull.DayCount;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a source in BigQuery.
 *
 * @param api name of the collector
 * @param project project that runs the query and pays for it
 * @param table table of a shipped query, with its project and dataset
 * @param sql the query, unless it is a shipped one
 * @param location location of the table, such as europe-west1; null for one that BigQuery finds
 * @param maxGigabytes most that a pull may read, in 1,000,000,000 bytes
 * @param firstPull how far the first pull reaches back
 * @param restate how far each further pull reaches back
 * @param every time between two pulls of a query that has no days
 * @param token reference to an access token; without it the machine's service account is used
 * @param endpoint address instead of Google's, for tests
 */
record BigquerySettings(
    @JsonProperty(required = true) String api,
    @JsonProperty(required = true) String project,
    @Nullable String table,
    @Nullable String sql,
    @Nullable String location,
    @Nullable Integer maxGigabytes,
    @Nullable String firstPull,
    @Nullable String restate,
    @Nullable String every,
    @Nullable String token,
    @Nullable String endpoint) {
  private static final int GIGABYTES = 10;
  private static final int FIRST_DAYS = 400;
  private static final int RESTATE_DAYS = 4;
  private static final int EVERY_DAYS = 7;
  private static final long BYTES = 1_000_000_000L;

  BigquerySettings {
    if (!project.matches("[a-z0-9.:-]{1,100}")) {
      throw new IllegalArgumentException(
          "project is `" + project + "`: use the id of a Google Cloud project, such as acme-shop.");
    }
    if (table != null && !table.matches("[A-Za-z0-9.:-]+\\.[A-Za-z0-9_]+\\.[A-Za-z0-9_]+[*]?")) {
      throw new IllegalArgumentException(
          "table is `"
              + table
              + "`: use project, dataset and table, such as acme-shop.analytics_1234.events_*.");
    }
    if (maxGigabytes != null && maxGigabytes < 1) {
      throw new IllegalArgumentException(
          "max_gigabytes is " + maxGigabytes + ": use a number of at least 1.");
    }
    days("first_pull", firstPull, FIRST_DAYS);
    days("restate", restate, RESTATE_DAYS);
    days("every", every, EVERY_DAYS);
  }

  int gigabytes() {
    return maxGigabytes == null ? GIGABYTES : maxGigabytes;
  }

  long bytes() {
    return gigabytes() * BYTES;
  }

  int firstDays() {
    return days("first_pull", firstPull, FIRST_DAYS);
  }

  int restateDays() {
    return days("restate", restate, RESTATE_DAYS);
  }

  Duration interval() {
    return Duration.ofDays(days("every", every, EVERY_DAYS));
  }

  URI queries() {
    return URI.create(
        (endpoint == null ? "https://bigquery.googleapis.com" : endpoint)
            + "/bigquery/v2/projects/"
            + project
            + "/queries");
  }

  private static int days(String key, @Nullable String text, int usual) {
    return DayCount.of(key, text, usual, DayCount.ONE_OR_MORE);
  }
}
