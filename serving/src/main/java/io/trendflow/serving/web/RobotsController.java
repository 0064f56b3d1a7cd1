package io.trendflow.serving.web;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;

/** Asks search engines not to index the service. */
@Controller("/robots.txt")
@Hidden
final class RobotsController {
  @Get
  @Produces(MediaType.TEXT_PLAIN)
  String robots() {
    return "User-agent: *\nDisallow: /\n";
  }
}
