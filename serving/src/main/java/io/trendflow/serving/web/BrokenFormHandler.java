package io.trendflow.serving.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import jakarta.inject.Singleton;

/** Answers a form that can't be decoded, such as {@code key=%zz}. */
@Singleton
@Produces(ProblemBody.MEDIA_TYPE)
final class BrokenFormHandler
    implements ExceptionHandler<ErrorDataDecoderException, HttpResponse<ProblemBody>> {
  @SuppressWarnings("rawtypes") // as the interface declares it
  @Override
  public HttpResponse<ProblemBody> handle(HttpRequest request, ErrorDataDecoderException e) {
    return HttpResponse.<ProblemBody>badRequest()
        .body(ProblemBody.of(HttpStatus.BAD_REQUEST, "The form is not percent-encoded UTF-8."))
        .contentType(ProblemBody.MEDIA_TYPE);
  }
}
