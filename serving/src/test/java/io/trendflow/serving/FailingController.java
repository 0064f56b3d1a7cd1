package io.trendflow.serving;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Controller that fails or takes its time, for tests. */
@Controller("/failing")
class FailingController {
  @Get
  String fail() {
    throw new IllegalStateException("secret of /srv/store");
  }

  @Get("/slow")
  @ExecuteOn(TaskExecutors.BLOCKING)
  String slow() throws InterruptedException {
    Thread.sleep(1000);
    return "done";
  }
}
