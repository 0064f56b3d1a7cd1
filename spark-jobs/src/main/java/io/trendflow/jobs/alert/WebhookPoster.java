package io.trendflow.jobs.alert;

import io.trendflow.collection.web.SecretValues;
import io.trendflow.jobs.config.AlertsConfig;
import io.trendflow.jobs.config.RecordJson;
import io.trendflow.jobs.config.WebhookConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Posts events to the configured webhooks, to all at the same time. The work ends after five
 * seconds, whatever the webhooks do, and never fails: a line says which webhook did not accept a
 * message. The line has the webhook's name only, because its address is a secret.
 */
public final class WebhookPoster {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;
  private static final int TOO_MANY = 429;

  /** Most lines of a message to a chat. */
  private static final int MOST_LINES = 20;

  private final AlertsConfig config;
  private final SecretValues secrets;
  private final Clock clock;
  private final Consumer<String> problems;

  /**
   * Creates a poster.
   *
   * @param problems receives a sentence for each webhook that did not accept a message
   */
  public WebhookPoster(
      AlertsConfig config, SecretValues secrets, Clock clock, Consumer<String> problems) {
    this.config = config;
    this.secrets = secrets;
    this.clock = clock;
    this.problems = problems;
  }

  /** Message with its headers. */
  private record Message(String body, Map<String, String> headers) {}

  /** Posts events, those of a chat as the lines of one message. */
  public void post(List<AlertEvent> events) {
    Map<String, Callable<String>> tasks = new LinkedHashMap<>();
    config
        .webhooks()
        .forEach(
            (name, webhook) -> {
              List<AlertEvent> wanted =
                  events.stream().filter(event -> webhook.wants(event.type())).toList();
              if (!wanted.isEmpty()) {
                tasks.put(name, () -> send(name, webhook, wanted));
              }
            });
    if (tasks.isEmpty()) {
      return;
    }
    // Threads that a hanging webhook holds must not keep the JVM alive.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "webhook");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<String>> done =
          threads.invokeAll(tasks.values(), DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      List<String> names = List.copyOf(tasks.keySet());
      for (int i = 0; i < names.size(); i++) {
        String problem = problem(done.get(i));
        if (!problem.isEmpty()) {
          problems.accept(
              "webhook %s did not get its message: %s".formatted(names.get(i), problem));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
  }

  private static String problem(Future<String> done) throws InterruptedException {
    try {
      return done.get();
    } catch (CancellationException e) {
      return "no answer in %d s.".formatted(DEADLINE.toSeconds());
    } catch (ExecutionException e) {
      // The message of another exception may have the address.
      Throwable cause = e.getCause();
      return cause instanceof IllegalArgumentException
          ? Objects.toString(cause.getMessage(), "")
          : Objects.requireNonNull(cause).getClass().getSimpleName() + ".";
    }
  }

  /** Returns what went wrong; empty if every message was accepted. */
  private String send(String name, WebhookConfig webhook, List<AlertEvent> events)
      throws InterruptedException {
    String key = "alerts.webhooks." + name;
    URI address = address(key, secrets.of(key + ".url", webhook.url()));
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    for (Message message : messages(key, webhook, events)) {
      String problem = send(client, address, message);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  private static URI address(String key, String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null
          && ("https".equals(address.getScheme()) || isLocal(address.getHost()))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // The message has the address.
    }
    throw new IllegalArgumentException(
        key + ".url is not a valid address: it must begin with https:// and have a host.");
  }

  private static boolean isLocal(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost");
  }

  private List<Message> messages(String key, WebhookConfig webhook, List<AlertEvent> events) {
    if (!webhook.hasSignature()) {
      return List.of(new Message(RecordJson.line(Map.of("text", lines(events))), Map.of()));
    }
    String secret = secrets.of(key + ".secret", Objects.requireNonNull(webhook.secret()));
    Instant now = clock.instant();
    List<Message> messages = new ArrayList<>();
    for (AlertEvent event : events) {
      String body = body(event, now);
      messages.add(
          new Message(
              body,
              Map.of(
                  "webhook-id",
                  event.id(),
                  "webhook-timestamp",
                  String.valueOf(now.getEpochSecond()),
                  "webhook-signature",
                  WebhookSignature.of(secret, event.id(), now.getEpochSecond(), body))));
    }
    return messages;
  }

  private static String lines(List<AlertEvent> events) {
    String lines =
        events.stream().limit(MOST_LINES).map(AlertEvent::text).collect(Collectors.joining("\n"));
    int more = events.size() - MOST_LINES;
    return more > 0 ? lines + "\n%d more".formatted(more) : lines;
  }

  private static String body(AlertEvent event, Instant now) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", event.type());
    body.put("timestamp", now.toString());
    body.put("text", event.text());
    body.put("data", event.data());
    return RecordJson.line(body);
  }

  private static String send(HttpClient client, URI address, Message message)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(message.body(), StandardCharsets.UTF_8));
    message.headers().forEach(request::header);
    HttpRequest built = request.build();
    String problem = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        int status = client.send(built, BodyHandlers.discarding()).statusCode();
        if (status >= 200 && status < 300) {
          return "";
        }
        problem = "status %d.".formatted(status);
        if (status != TOO_MANY && status < 500) {
          return problem;
        }
      } catch (IOException e) {
        problem = e.getClass().getSimpleName() + ".";
      }
      Thread.sleep(PAUSE.multipliedBy(attempt).toMillis());
    }
    return problem;
  }
}
