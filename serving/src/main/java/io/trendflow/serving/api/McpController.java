package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import io.trendflow.serving.snapshot.LatestRun;
import io.trendflow.serving.web.CallerAccess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint of the Model Context Protocol for agents: the streamable HTTP transport without
 * sessions, whose every message is a request of its own with a JSON answer.
 */
@Controller("/mcp")
@Hidden
@ExecuteOn(TaskExecutors.BLOCKING)
final class McpController {
  /** Versions of the protocol that the endpoint speaks, the latest first. */
  static final List<String> VERSIONS = List.of("2025-06-18", "2025-03-26");

  private static final int INVALID_REQUEST = -32600;
  private static final int UNKNOWN_METHOD = -32601;
  private static final int INVALID_PARAMETERS = -32602;

  private static final String INSTRUCTIONS =
      "Forecasts of a shop's sales in the next 28 days: the products that will outsell"
          + " expectations, why, how much to order, and how fresh the data is. Every answer names"
          + " its run; if degraded is true, say so and quote degraded_reasons.";

  private final LatestRun latestRun;
  private final McpTools tools;

  McpController(LatestRun latestRun, McpTools tools) {
    this.latestRun = latestRun;
    this.tools = tools;
  }

  /** Answers a message of JSON-RPC 2.0; a notification has no answer. */
  @Post
  HttpResponse<?> message(HttpRequest<?> request, @Body JsonNode message) throws IOException {
    JsonNode id = message.isObject() ? message.get("id") : null;
    JsonNode method = message.isObject() ? message.get("method") : null;
    if (method == null || !method.isString()) {
      return HttpResponse.badRequest(
          failed(id, INVALID_REQUEST, "The message is not a request of JSON-RPC 2.0."));
    }
    if (id == null) {
      return HttpResponse.accepted();
    }
    JsonNode parameters = message.get("params");
    return switch (method.getStringValue()) {
      case "initialize" -> HttpResponse.ok(answer(id, initialized(parameters)));
      case "ping" -> HttpResponse.ok(answer(id, JsonNode.createObjectNode(Map.of())));
      case "tools/list" -> HttpResponse.ok(answer(id, tools.listed()));
      case "tools/call" -> HttpResponse.ok(called(request, id, parameters));
      default ->
          HttpResponse.ok(
              failed(
                  id,
                  UNKNOWN_METHOD,
                  "There is no method '%s': use initialize, ping, tools/list or tools/call."
                      .formatted(method.getStringValue())));
    };
  }

  private JsonNode called(HttpRequest<?> request, JsonNode id, @Nullable JsonNode parameters)
      throws IOException {
    String name = text(parameters, "name");
    if (name == null || !tools.names().contains(name)) {
      return failed(
          id,
          INVALID_PARAMETERS,
          "There is no tool '%s': use one of %s."
              .formatted(name, String.join(", ", tools.names())));
    }
    request.setAttribute(
        CallerView.ATTRIBUTE,
        new CallerView(latestRun.served(), CallerAccess.of(request), ReasonTexts.askedBy(request)));
    JsonNode arguments = parameters == null ? null : parameters.get("arguments");
    return answer(id, tools.call(request, name, arguments));
  }

  private static JsonNode initialized(@Nullable JsonNode parameters) {
    String asked = text(parameters, "protocolVersion");
    return object(
        Map.of(
            "protocolVersion",
            JsonNode.createStringNode(
                asked != null && VERSIONS.contains(asked) ? asked : VERSIONS.get(0)),
            "capabilities",
            object(Map.of("tools", object(Map.of()))),
            "serverInfo",
            object(
                Map.of(
                    "name", JsonNode.createStringNode("trendflow"),
                    "version", JsonNode.createStringNode("1"))),
            "instructions",
            JsonNode.createStringNode(INSTRUCTIONS)));
  }

  private static @Nullable String text(@Nullable JsonNode object, String name) {
    JsonNode value = object == null || !object.isObject() ? null : object.get(name);
    return value == null || !value.isString() ? null : value.getStringValue();
  }

  private static JsonNode answer(JsonNode id, JsonNode result) {
    return envelope(id, "result", result);
  }

  private static JsonNode failed(@Nullable JsonNode id, int code, String message) {
    JsonNode error =
        object(
            Map.of(
                "code", JsonNode.createNumberNode(code),
                "message", JsonNode.createStringNode(message)));
    return envelope(id == null ? JsonNode.nullNode() : id, "error", error);
  }

  private static JsonNode envelope(JsonNode id, String name, JsonNode content) {
    Map<String, JsonNode> message = new LinkedHashMap<>();
    message.put("jsonrpc", JsonNode.createStringNode("2.0"));
    message.put("id", id);
    message.put(name, content);
    return object(message);
  }

  private static JsonNode object(Map<String, JsonNode> values) {
    return JsonNode.createObjectNode(values);
  }
}
