package io.trendflow.collection.trends;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.web.AnswerJson;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.web.RetryingClient;
import io.trendflow.collection.web.UrlText;
import io.trendflow.schemas.Sha256;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collector of search interest by SerpApi's Google Trends engine: five years each time, because
 * Google scales every pull anew. A keyword without an answer keeps its last pull.
 */
public final class SerpapiTrends implements SourceCollector {
  /** Most keywords that Google compares in one request. */
  private static final int KEYWORDS = 5;

  private record Search(List<String> keywords, String geo) {}

  @Override
  public PullReport collect(PullTask task) {
    SerpapiSettings settings = task.settings(SerpapiSettings.class);
    RetryingClient client = new RetryingClient("SerpApi", task.times(), task.clock());
    Instant now = task.clock().instant();
    boolean due = task.due(settings.interval());
    List<Search> searches = searches(settings, task);
    if (!due || task.dryRun()) {
      return task.report(
          due ? PullOutcome.PLANNED : PullOutcome.NOT_DUE, 0, client.requests(), null);
    }
    String key = task.secret("key", settings.key());
    PullWriter writer = task.history().begin(now);
    long records = 0;
    for (Search search : searches) {
      byte[] body = answer(client, settings, search, key);
      JsonNode series = series(body, search, task);
      if (series != null) {
        records += (long) series.size() * series.path(0).path("values").size();
        writer.page(body);
        task.progress()
            .accept(
                "%s: page %d, %s in %s"
                    .formatted(
                        task.source(), writer.pages(), search.keywords(), shown(search.geo())));
      }
    }
    if (writer.pages() == 0) {
      throw new CollectionException(
          "SerpApi has no values for any of the keywords of source %s: check their spelling and the places."
              .formatted(task.source()));
    }
    writer.seal(
        records,
        client.requests(),
        null,
        "serpapi/google_trends",
        Sha256.shortId(searches.toString()),
        task.codeVersion(),
        Map.of());
    return task.report(PullOutcome.LANDED, records, client.requests(), null);
  }

  private static List<Search> searches(SerpapiSettings settings, PullTask task) {
    List<String> keywords = new ArrayList<>();
    for (String keyword : settings.keywords()) {
      // Google takes a comma for the end of a keyword.
      String term = keyword.replace(',', ' ').strip().replaceAll("\\s+", " ");
      if (!term.isEmpty() && !keywords.contains(term)) {
        keywords.add(term);
      }
    }
    List<Search> searches = new ArrayList<>();
    for (int from = 0; from < keywords.size(); from += KEYWORDS) {
      List<String> five =
          List.copyOf(keywords.subList(from, Math.min(keywords.size(), from + KEYWORDS)));
      settings.geos().forEach(geo -> searches.add(new Search(five, geo)));
    }
    if (searches.size() > settings.requests()) {
      task.progress()
          .accept(
              "%s: %d requests are needed for all keywords, max_requests allows the first %d"
                  .formatted(task.source(), searches.size(), settings.requests()));
      return searches.subList(0, settings.requests());
    }
    return searches;
  }

  private static byte[] answer(
      RetryingClient client, SerpapiSettings settings, Search search, String key) {
    String query =
        "engine=google_trends&data_type=TIMESERIES&date="
            + UrlText.encoded("today 5-y")
            + "&q="
            + UrlText.encoded(String.join(",", search.keywords()))
            + (search.geo().isEmpty() ? "" : "&geo=" + UrlText.encoded(search.geo()))
            + "&api_key="
            + UrlText.encoded(key);
    HttpResponse<byte[]> response =
        client.send(HttpRequest.newBuilder(URI.create(settings.search() + "?" + query)).GET());
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw new CollectionException("SerpApi rejected the key: check the variable that key names.");
    }
    if (response.statusCode() != 200) {
      throw new CollectionException(
          "SerpApi answered with status %d: run the command again later."
              .formatted(response.statusCode()));
    }
    if (new String(response.body(), StandardCharsets.UTF_8).contains(key)) {
      throw new CollectionException(
          "SerpApi's answer contains the key, which must not be landed: report it to SerpApi.");
    }
    return response.body();
  }

  /** Returns the values by time; null if there are none for these keywords. */
  private static @Nullable JsonNode series(byte[] body, Search search, PullTask task) {
    JsonNode answer = AnswerJson.read("SerpApi", body);
    if (answer.hasNonNull("error")) {
      task.progress()
          .accept(
              "%s: no values for %s in %s (%s); they keep those of the last pull"
                  .formatted(
                      task.source(),
                      search.keywords(),
                      shown(search.geo()),
                      answer.get("error").asText()));
      return null;
    }
    JsonNode series = answer.at("/interest_over_time/timeline_data");
    if (!series.isArray()) {
      throw new CollectionException(
          "SerpApi's answer has no field interest_over_time/timeline_data: its form has changed.");
    }
    return series;
  }

  private static String shown(String geo) {
    return geo.isEmpty() ? "all places" : geo;
  }
}
