package io.trendflow.collection.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.collection.pull.AccessToken;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.AnswerJson;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.web.RetryingClient;
import io.trendflow.collection.web.UrlText;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.Sha256;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Client of BigQuery's queries, whose answer comes in pages. The documented methods are <a
 * href="https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query">jobs.query</a> and
 * jobs.getQueryResults.
 */
final class BigqueryQueries {
  /** Receives the rows of a page, each an object with the field {@code f}. */
  interface PageReader {
    void read(JsonNode rows);
  }

  private static final String NAME = "BigQuery";
  private static final String SCOPE = "https://www.googleapis.com/auth/bigquery";
  private static final JsonMapper JSON = new JsonMapper();

  /** Most rows of a page; BigQuery also ends a page at 10 MB. */
  private static final int ROWS = 20_000;

  /** Time that BigQuery may let a request wait for the query's end. */
  private static final Duration ANSWER = Duration.ofMinutes(1);

  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);
  private static final int MOST_POLLS = 60;

  private static final Set<String> OVERLOADED = Set.of("rateLimitExceeded", "quotaExceeded");

  private final PullTask task;
  private final BigquerySettings settings;
  private final RetryingClient client;
  private @Nullable String token;

  BigqueryQueries(PullTask task, BigquerySettings settings) {
    this.task = task;
    this.settings = settings;
    this.client = new RetryingClient(NAME, task.times(), task.clock());
  }

  long requests() {
    return client.requests();
  }

  /** Returns the number of bytes that a query would read. */
  long bytes(String sql, @Nullable PullDays days) {
    JsonNode answer = sent(post(request(sql, days).put("dryRun", true)));
    return field(answer, "totalBytesProcessed").asLong();
  }

  /**
   * Reads all rows of a query.
   *
   * @param days values of its parameters; null if it has none
   * @throws CollectionException if BigQuery refuses the query, or does not give all of its rows
   */
  void read(String sql, @Nullable PullDays days, PageReader reader) {
    // A repeated request must not run, and cost, the query twice.
    ObjectNode request = request(sql, days);
    String now = task.clock().instant().toString();
    request.put("requestId", Sha256.shortId(List.of(task.source(), now, request.toString())));
    JsonNode answer = sent(post(request));
    JsonNode job = field(answer, "jobReference");
    for (int poll = 0; !field(answer, "jobComplete").asBoolean(); poll++) {
      if (poll == MOST_POLLS) {
        throw new CollectionException(
            "BigQuery's query for source %s did not end in %d minutes: ask for fewer days, or run the command again later."
                .formatted(task.source(), MOST_POLLS));
      }
      task.clock().pause(BETWEEN_POLLS);
      answer = sent(get(job, ""));
    }
    long expected = field(answer, "totalRows").asLong();
    long read = 0;
    String next = "";
    do {
      JsonNode page = next.isEmpty() ? answer : sent(get(job, next));
      JsonNode rows = page.path("rows");
      next = page.path("pageToken").asText("");
      if (rows.isEmpty()) {
        break;
      }
      reader.read(rows);
      read += rows.size();
    } while (!next.isEmpty() && read < expected);
    if (read != expected || !next.isEmpty()) {
      throw new CollectionException(
          "BigQuery's pages for source %s have %d rows and do not fit its total of %d: run the command again later."
              .formatted(task.source(), read, expected));
    }
  }

  private ObjectNode request(String sql, @Nullable PullDays days) {
    ObjectNode body = JSON.createObjectNode();
    body.put("query", sql)
        .put("useLegacySql", false)
        .put("maxResults", ROWS)
        .put("timeoutMs", ANSWER.toMillis())
        .put("maximumBytesBilled", Long.toString(settings.bytes()));
    if (settings.location() != null) {
      body.put("location", settings.location());
    }
    if (days != null) {
      ArrayNode parameters = body.put("parameterMode", "NAMED").putArray("queryParameters");
      parameter(parameters, "from", days.from().toString());
      parameter(parameters, "to", days.to().toString());
    }
    return body;
  }

  private static void parameter(ArrayNode parameters, String name, String day) {
    ObjectNode parameter = parameters.addObject().put("name", name);
    parameter.putObject("parameterType").put("type", "DATE");
    parameter.putObject("parameterValue").put("value", day);
  }

  private HttpRequest.Builder post(ObjectNode body) {
    return HttpRequest.newBuilder(settings.queries())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder get(JsonNode job, String pageToken) {
    String address =
        "%s/%s?maxResults=%d&timeoutMs=%d"
            .formatted(
                settings.queries(),
                UrlText.encoded(field(job, "jobId").asText()),
                ROWS,
                ANSWER.toMillis());
    String location = job.path("location").asText("");
    address += location.isEmpty() ? "" : "&location=" + UrlText.encoded(location);
    address += pageToken.isEmpty() ? "" : "&pageToken=" + UrlText.encoded(pageToken);
    return HttpRequest.newBuilder(URI.create(address)).GET();
  }

  private JsonNode sent(HttpRequest.Builder request) {
    HttpResponse<byte[]> response =
        client.send(
            request
                .header("User-Agent", "trendflow/" + task.codeVersion())
                .header("Authorization", "Bearer " + token()));
    if (response.statusCode() != 200) {
      throw new CollectionException(problem(response));
    }
    return AnswerJson.read(NAME, response.body());
  }

  private String problem(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401) {
      return "BigQuery rejected the access token with status 401: export a new one, since it is valid for an hour.";
    }
    JsonNode error;
    try {
      error = AnswerJson.read(NAME, response.body()).path("error");
    } catch (CollectionException e) {
      error = JSON.createObjectNode();
    }
    String reason = error.path("errors").path(0).path("reason").asText("");
    if (reason.equals("bytesBilledLimitExceeded")) {
      return "BigQuery would read more than %s allows (%d) for source %s: ask for fewer days, or raise it."
          .formatted(task.key("max_gigabytes"), settings.gigabytes(), task.source());
    }
    if (OVERLOADED.contains(reason)) {
      return "BigQuery allows project %s no further queries for the moment (%s): run the command again later."
          .formatted(settings.project(), reason);
    }
    String said = error.path("message").asText("status " + status).strip();
    if (status == 403) {
      return "BigQuery refused source %s: give the account roles/bigquery.jobUser on project %s and roles/bigquery.dataViewer on the dataset (%s)."
          .formatted(task.source(), settings.project(), said);
    }
    return "BigQuery rejected the query of source %s: check %s and its columns (%s)."
        .formatted(task.source(), task.key(settings.sql() == null ? "table" : "sql"), said);
  }

  private static JsonNode field(JsonNode answer, String name) {
    if (!answer.hasNonNull(name)) {
      throw new CollectionException(
          "BigQuery's answer has no field %s: its form has changed.".formatted(name));
    }
    return answer.get(name);
  }

  private String token() {
    if (token == null) {
      token = AccessToken.of(task, settings.token(), settings.endpoint(), SCOPE);
    }
    return token;
  }
}
