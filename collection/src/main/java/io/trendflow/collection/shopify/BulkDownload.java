package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.CollectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Bulk operation of Shopify: started, polled, and its file landed line by line. */
final class BulkDownload {
  private static final String START =
      """
      mutation Start($query: String!) {
        bulkOperationRunQuery(query: $query, groupObjects: true) {
          bulkOperation { id status }
          userErrors { field message }
        }
      }""";
  private static final String POLL =
      """
      query Poll($id: ID!) {
        node(id: $id) {
          ... on BulkOperation { id status errorCode objectCount url }
        }
      }""";
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final PullTask task;
  private final ShopifyGraphql graphql;

  BulkDownload(PullTask task, ShopifyGraphql graphql) {
    this.task = task;
    this.graphql = graphql;
  }

  /**
   * Runs a query in bulk and lands its file.
   *
   * @param each receives every line
   * @param restarted runs before the first line, again if the file is read again
   * @throws CollectionException if the operation failed, or its file has fewer or more lines than
   *     it counted
   */
  void run(String query, PullWriter writer, Runnable restarted, Consumer<JsonNode> each) {
    JsonNode finished = finished(started(query));
    long objects = ShopifyGraphql.required(finished, "objectCount").asLong();
    restarted.run();
    if (finished.path("url").asText("").isEmpty()) {
      // An operation without a result has no file.
      checkCount(objects, 0);
      return;
    }
    URI url = URI.create(finished.get("url").asText());
    long lines =
        graphql
            .client()
            .read(
                HttpRequest.newBuilder(url),
                body -> {
                  restarted.run();
                  return writer.file("jsonl", out -> copy(body, out, each));
                });
    checkCount(objects, lines);
    task.progress().accept("%s: bulk file of %,d lines".formatted(task.source(), lines));
  }

  private static void checkCount(long objects, long lines) {
    if (objects != lines) {
      throw new CollectionException(
          "Shopify's bulk operation counted %d objects, but its file has %d lines: run the command again."
              .formatted(objects, lines));
    }
  }

  private String started(String query) {
    JsonNode run =
        ShopifyGraphql.required(
            graphql.run(START, Map.of("query", query)).data(), "bulkOperationRunQuery");
    JsonNode error = run.path("userErrors").path(0);
    if (!error.isMissingNode()) {
      throw new CollectionException(
          "Shopify did not start a bulk operation ("
              + error.path("message").asText()
              + "): run the command again when no other operation of this app runs.");
    }
    return ShopifyGraphql.required(ShopifyGraphql.required(run, "bulkOperation"), "id").asText();
  }

  private JsonNode finished(String id) {
    Duration wait = FIRST_WAIT;
    while (true) {
      task.clock().pause(wait);
      JsonNode operation =
          ShopifyGraphql.required(graphql.run(POLL, Map.of("id", id)).data(), "node");
      String status = ShopifyGraphql.required(operation, "status").asText();
      switch (status) {
        case "COMPLETED" -> {
          return operation;
        }
        case "CREATED", "RUNNING" -> {
          Duration twice = wait.multipliedBy(2);
          wait = twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
        }
        default ->
            throw new CollectionException(
                "Shopify's bulk operation ended with the status %s (%s): run the command again."
                    .formatted(status, operation.path("errorCode").asText("no code")));
      }
    }
  }

  /** Copies the lines unchanged and returns their number. */
  private static long copy(InputStream body, OutputStream out, Consumer<JsonNode> each)
      throws IOException {
    long lines = 0;
    LineBytes reader = new LineBytes(body);
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      out.write(line);
      if (line.length > 1) {
        lines++;
        each.accept(ShopifyGraphql.JSON.readTree(line));
      }
    }
    return lines;
  }
}
