package io.trendflow.serving.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of every error of the API: application/problem+json of RFC 9457.
 *
 * @param type always about:blank, because the status identifies the kind of problem
 * @param title name of the status
 * @param status HTTP status
 * @param detail one sentence for people
 * @param parameter the wrong parameter; absent if the problem is not about one parameter
 * @param allowed allowed values; absent if they can't be listed
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem")
public record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String parameter,
    @Nullable List<String> allowed) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static ProblemBody of(HttpStatus status, String detail) {
    return new ProblemBody("about:blank", status.getReason(), status.getCode(), detail, null, null);
  }

  static ProblemBody parameter(String name, String detail, @Nullable List<String> allowed) {
    HttpStatus status = HttpStatus.BAD_REQUEST;
    return new ProblemBody(
        "about:blank", status.getReason(), status.getCode(), detail, name, allowed);
  }
}
