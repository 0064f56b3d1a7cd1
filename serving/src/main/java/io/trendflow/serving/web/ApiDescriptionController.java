package io.trendflow.serving.web;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Serves docs/openapi.yml, which the build packages. */
@Controller("/openapi/trendflow.yml")
@Hidden
final class ApiDescriptionController {
  private static final String RESOURCE = "/META-INF/openapi/openapi.yml";

  @Get
  @Produces(MediaType.APPLICATION_YAML)
  String description() throws IOException {
    try (InputStream in = ApiDescriptionController.class.getResourceAsStream(RESOURCE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
