package io.trendflow.collection.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.AnswerJson;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.collection.web.RetryingClient;
import io.trendflow.collection.web.UrlText;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Client of Shopify's Admin GraphQL interface. */
final class ShopifyGraphql {
  /** Answer as received, and as a tree. */
  static final class Answer {
    private final byte[] bytes;
    private final JsonNode data;

    private Answer(byte[] bytes, JsonNode data) {
      this.bytes = bytes;
      this.data = data;
    }

    byte[] bytes() {
      return bytes;
    }

    JsonNode data() {
      return data;
    }
  }

  static final JsonMapper JSON = new JsonMapper();

  private static final int MOST_REFUSALS = 10;

  private final PullTask task;
  private final ShopifySettings settings;
  private final RetryingClient client;
  private final QueryBudget budget;
  private @Nullable String token;

  ShopifyGraphql(PullTask task, ShopifySettings settings) {
    this.task = task;
    this.settings = settings;
    this.client = new RetryingClient("Shopify", task.times(), task.clock());
    this.budget = new QueryBudget(task.clock());
  }

  RetryingClient client() {
    return client;
  }

  /**
   * Runs a query.
   *
   * @throws CollectionException in one sentence, for a problem that a repetition does not solve
   */
  Answer run(String query, Map<String, ?> variables) {
    ObjectNode body = JSON.createObjectNode().put("query", query);
    body.set("variables", JSON.valueToTree(variables));
    for (int refusals = 0; refusals < MOST_REFUSALS; refusals++) {
      budget.await(query, 1 + refusals);
      byte[] bytes = post(body.toString());
      JsonNode answer = tree(bytes);
      budget.learn(query, answer);
      if (!isThrottled(answer)) {
        return new Answer(bytes, data(answer));
      }
      // A refusal without the state of the budget says nothing about how long to wait.
      if (!answer.at("/extensions/cost/throttleStatus").isObject()) {
        task.clock().pause(Duration.ofSeconds(2));
      }
    }
    throw new CollectionException(
        "Shopify refused a query %d times because of its cost: other programs use the budget of this app, so run the command again later."
            .formatted(MOST_REFUSALS));
  }

  private byte[] post(String body) {
    HttpResponse<byte[]> response = posted(body);
    if (response.statusCode() == 401 && settings.token() == null) {
      // Tokens of an app end after a day.
      token = null;
      response = posted(body);
    }
    return switch (response.statusCode()) {
      case 200 -> response.body();
      case 401, 403 ->
          throw new CollectionException(
              "Shopify rejected the access of %s with status %d: check the token and the scopes of the app (docs/collection.md)."
                  .formatted(settings.shop(), response.statusCode()));
      case 404 ->
          throw new CollectionException(
              "Shopify has no shop %s with version %s of the interface: check shop and version."
                  .formatted(settings.shop(), settings.apiVersion()));
      default ->
          throw new CollectionException(
              "Shopify answered with status %d: run the command again later."
                  .formatted(response.statusCode()));
    };
  }

  private HttpResponse<byte[]> posted(String body) {
    return client.send(
        HttpRequest.newBuilder(settings.graphql())
            .header("Content-Type", "application/json")
            .header("User-Agent", "trendflow/" + task.codeVersion())
            .header("X-Shopify-Access-Token", token())
            .POST(BodyPublishers.ofString(body)));
  }

  private String token() {
    if (token == null) {
      token = settings.token() == null ? granted() : task.secret("token", settings.token());
    }
    return token;
  }

  /** Gets a token by the client credentials grant. */
  private String granted() {
    String form =
        "grant_type=client_credentials&client_id="
            + UrlText.encoded(String.valueOf(settings.clientId()))
            + "&client_secret="
            + UrlText.encoded(
                task.secret("client_secret", String.valueOf(settings.clientSecret())));
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(settings.tokens())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    JsonNode granted = response.statusCode() == 200 ? tree(response.body()) : JSON.nullNode();
    if (!granted.hasNonNull("access_token")) {
      throw new CollectionException(
          "Shopify gave no token to the app of %s (status %d): check client_id and client_secret, and that the app is installed."
              .formatted(settings.shop(), response.statusCode()));
    }
    return granted.get("access_token").asText();
  }

  private static JsonNode tree(byte[] bytes) {
    JsonNode tree = AnswerJson.read("Shopify", bytes);
    if (tree.isObject()) {
      return tree;
    }
    throw new CollectionException("Shopify's answer has no JSON object: run the command again.");
  }

  private static boolean isThrottled(JsonNode answer) {
    for (JsonNode error : answer.path("errors")) {
      if (error.at("/extensions/code").asText().equals("THROTTLED")) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode data(JsonNode answer) {
    JsonNode error = answer.path("errors").path(0);
    if (!error.isMissingNode()) {
      String code = error.at("/extensions/code").asText("");
      String message = error.path("message").asText("no message").lines().findFirst().orElse("");
      throw new CollectionException(
          code.equals("ACCESS_DENIED")
              ? "Shopify denied access (" + message + "): add the scope to the app."
              : "Shopify answered with an error (" + message + ").");
    }
    return required(answer, "data");
  }

  /**
   * Returns a field of an answer.
   *
   * @throws CollectionException if it is missing
   */
  static JsonNode required(JsonNode node, String field) {
    JsonNode found = node.get(field);
    if (found == null || found.isNull()) {
      throw new CollectionException(
          "Shopify's answer has no field "
              + field
              + ": the interface has changed, so set collect.version to the version of docs/collection.md.");
    }
    return found;
  }

  /** Gives a page of a list, each of whose nodes has a nested list. */
  interface PageSource {
    /**
     * Returns the page.
     *
     * @param after cursor of the list; null for its first page
     * @param nestedAfter cursor of the nested lists; null for their first pages
     */
    JsonNode page(@Nullable String query, @Nullable String after, @Nullable String nestedAfter);
  }

  /** Reads a list and every nested list to their ends. */
  static void readAll(
      @Nullable String query, String nested, PageSource source, Consumer<JsonNode> nodes) {
    String cursor = null;
    do {
      JsonNode page = source.page(query, cursor, null);
      for (JsonNode node : page.path("nodes")) {
        nodes.accept(node);
        String id = required(node, "id").asText();
        String only = "id:" + id.substring(id.lastIndexOf('/') + 1);
        String more = next(required(node, nested));
        while (more != null) {
          // The same query for this node alone, so that its page has the same form.
          JsonNode rest = source.page(only, null, more);
          more = next(required(rest.path("nodes").path(0), nested));
        }
      }
      cursor = next(page);
    } while (cursor != null);
  }

  /** Returns the cursor of the page after a page; null if it is the last one. */
  static @Nullable String next(JsonNode page) {
    boolean hasNext = page.at("/pageInfo/hasNextPage").asBoolean();
    return hasNext ? page.at("/pageInfo/endCursor").asText() : null;
  }
}
