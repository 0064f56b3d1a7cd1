package io.trendflow.collection.web;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP client that repeats requests which failed for the moment: no connection, a body cut short,
 * status 429 or 5xx. It waits as long as Retry-After says.
 */
public final class RetryingClient {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Work on a body, which is done again from the beginning if the body is cut short. */
  public interface BodyReader<T> {
    T read(InputStream body) throws IOException;
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(30))
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String api;
  private final RetryTimes times;
  private final PacedClock clock;
  private long requests;

  /**
   * Creates a client.
   *
   * @param api name of the interface, for messages
   */
  public RetryingClient(String api, RetryTimes times, PacedClock clock) {
    this.api = api;
    this.times = times;
    this.clock = clock;
  }

  /** Returns the number of requests that were sent, with their repetitions. */
  public long requests() {
    return requests;
  }

  public PacedClock clock() {
    return clock;
  }

  /**
   * Sends a request and returns the answer, whatever its status.
   *
   * @throws CollectionException if no answer came, or status 429 or 5xx came each time
   */
  public HttpResponse<byte[]> send(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(TIMEOUT).build();
    return settled(repeated(() -> client.send(built, BodyHandlers.ofByteArray())));
  }

  /**
   * Sends a request and reads the body as it comes.
   *
   * @throws CollectionException if the status is not 200, or the body was cut short each time
   */
  public <T> T read(HttpRequest.Builder request, BodyReader<T> reader) {
    HttpRequest built = request.timeout(TIMEOUT).build();
    HttpResponse<Optional<T>> response =
        settled(
            repeated(
                () -> {
                  HttpResponse<InputStream> answer =
                      client.send(built, BodyHandlers.ofInputStream());
                  try (InputStream body = answer.body()) {
                    return new ReadResponse<>(
                        answer,
                        answer.statusCode() == 200
                            ? Optional.of(reader.read(body))
                            : Optional.empty());
                  }
                }));
    return response
        .body()
        .orElseThrow(
            () ->
                new CollectionException(
                    api + " answered with status " + response.statusCode() + " to a download."));
  }

  private interface Sending<T> {
    HttpResponse<T> send() throws IOException, InterruptedException;
  }

  private <T> HttpResponse<T> repeated(Sending<T> sending) {
    RetryPolicy<HttpResponse<T>> policy =
        RetryPolicy.<HttpResponse<T>>builder()
            .handle(IOException.class)
            .handleResultIf(response -> isTransient(response.statusCode()))
            .withBackoff(times.first(), times.longest())
            .withJitter(0.1)
            .withDelayFn(
                attempt -> {
                  HttpResponse<T> last = attempt.getLastResult();
                  // Less than nothing means the usual wait.
                  return last == null ? Duration.ofNanos(-1) : retryAfter(last);
                })
            .withMaxRetries(times.repetitions())
            .build();
    try {
      return Failsafe.with(policy)
          .get(
              () -> {
                requests++;
                return sending.send();
              });
    } catch (FailsafeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CollectionException(
          api
              + " gave no answer in "
              + (times.repetitions() + 1)
              + " requests ("
              + problem(cause)
              + "): run the command again later.",
          cause);
    }
  }

  private <T> HttpResponse<T> settled(HttpResponse<T> response) {
    if (isTransient(response.statusCode())) {
      throw new CollectionException(
          api
              + " answered with status "
              + response.statusCode()
              + " to "
              + (times.repetitions() + 1)
              + " requests: run the command again later.");
    }
    return response;
  }

  private static String problem(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static boolean isTransient(int status) {
    return status == 429 || status >= 500;
  }

  private Duration retryAfter(HttpResponse<?> response) {
    Duration asked = response.headers().firstValue("Retry-After").map(this::duration).orElse(null);
    if (asked == null) {
      return Duration.ofNanos(-1);
    }
    return asked.compareTo(times.longest()) > 0 ? times.longest() : asked;
  }

  private @Nullable Duration duration(String text) {
    try {
      return text.matches("[0-9]{1,9}([.][0-9]+)?")
          ? Duration.ofMillis((long) (Double.parseDouble(text) * 1000))
          : Duration.between(
              clock.instant(),
              ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Response with what was made of its body. */
  private record ReadResponse<T>(HttpResponse<?> answer, Optional<T> body)
      implements HttpResponse<Optional<T>> {
    @Override
    public int statusCode() {
      return answer.statusCode();
    }

    @Override
    public HttpRequest request() {
      return answer.request();
    }

    @Override
    public Optional<HttpResponse<Optional<T>>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public java.net.http.HttpHeaders headers() {
      return answer.headers();
    }

    @Override
    public Optional<javax.net.ssl.SSLSession> sslSession() {
      return answer.sslSession();
    }

    @Override
    public java.net.URI uri() {
      return answer.uri();
    }

    @Override
    public HttpClient.Version version() {
      return answer.version();
    }
  }
}
