package io.trendflow.serving;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Controller that fails, for tests. */
@Controller("/failing")
class FailingController {
  @Get
  String fail() {
    throw new IllegalStateException("secret of /srv/store");
  }
}
