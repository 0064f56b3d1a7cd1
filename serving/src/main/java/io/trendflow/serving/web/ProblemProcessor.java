package io.trendflow.serving.web;

import static java.util.regex.Pattern.DOTALL;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers every error of the service and of the server with the same body. */
@Singleton
@Produces(ProblemBody.MEDIA_TYPE)
final class ProblemProcessor
    implements ErrorResponseProcessor<ProblemBody>,
        ExceptionHandler<ProblemException, HttpResponse<ProblemBody>> {

  /** The server's message about a body that does not fit; the group is the part for people. */
  private static final Pattern UNREADABLE_BODY =
      Pattern.compile("^Failed to convert argument .*? due to: ([^\n]*?)[.\\s]*(?:\n.*)?$", DOTALL);

  /** Answers a problem that the service throws. */
  @SuppressWarnings("rawtypes") // as the interface declares it
  @Override
  public HttpResponse<ProblemBody> handle(HttpRequest request, ProblemException exception) {
    ProblemBody problem = exception.problem();
    MutableHttpResponse<ProblemBody> response =
        HttpResponse.<ProblemBody>status(HttpStatus.valueOf(problem.status()))
            .body(problem)
            .contentType(ProblemBody.MEDIA_TYPE);
    Duration retryAfter = exception.retryAfter();
    return retryAfter == null
        ? response
        : response.header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
  }

  /** Answers an error that the server detects: unknown routes, methods, headers, and failures. */
  @Override
  public MutableHttpResponse<ProblemBody> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = HttpStatus.valueOf(response.code());
    return response
        .body(ProblemBody.of(status, detail(context, status)))
        .contentType(ProblemBody.MEDIA_TYPE);
  }

  private static String detail(ErrorContext context, HttpStatus status) {
    String path = context.getRequest().getPath();
    if (status == HttpStatus.NOT_FOUND) {
      return "There is nothing at " + path + ".";
    }
    if (status.getCode() >= 500) {
      return "The service failed: see its log for the cause.";
    }
    return context.getErrors().stream()
        .map(
            error ->
                UNREADABLE_BODY
                    .matcher(error.getMessage())
                    .replaceFirst("The request body is not valid: $1."))
        .collect(Collectors.joining(" "));
  }
}
