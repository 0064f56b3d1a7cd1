package io.trendflow.serving.api;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Query parameters that select the run of an answer, as sent. */
@Introspected
record RunQuery(
    @Parameter(
            name = "as_of",
            description =
                "Run of this day instead of the latest run, for example 2026-06-30; /api/v1/runs"
                    + " lists the days. Of several runs of a day it is the one published last.",
            schema = @Schema(type = "string", format = "date"))
        @Nullable
        @QueryValue("as_of")
        String asOf,
    @Parameter(
            name = "run_id",
            description = "This run instead of the latest run; /api/v1/runs lists the ids.")
        @Nullable
        @QueryValue("run_id")
        String runId) {

  /**
   * Returns the view of the requested run: the same view if it is the served run or none is named.
   *
   * @throws ProblemException status 404 if there is no such run, and 400 if a value is not valid
   */
  CallerView view(CallerView latest, EarlierRuns runs) {
    String id = QueryParameters.text(runId);
    String day = QueryParameters.text(asOf);
    if (id == null && day == null) {
      return latest;
    }
    Predicate<Run> property = run -> id == null || run.runId().equals(id);
    String description = id == null ? "" : "with the id '" + id + "'";
    if (day != null) {
      LocalDate date = date("as_of", day);
      property = property.and(run -> run.asOf().equals(date));
      description = description.isEmpty() ? "of " + day : description + " of " + day;
    }
    Run run = run(latest, property, description);
    return run.equals(latest.run()) ? latest : latest.at(runs.scores(run));
  }

  /**
   * Returns the latest run with a property.
   *
   * @throws ProblemException status 404 if there is none
   */
  static Run run(CallerView view, Predicate<Run> property, String description) {
    return view.served().runs().stream()
        .filter(property)
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemBody.of(
                        HttpStatus.NOT_FOUND,
                        "There is no run " + description + ": /api/v1/runs lists the runs.")));
  }

  /**
   * Returns a date.
   *
   * @throws ProblemException status 400 naming the parameter
   */
  static LocalDate date(String name, String value) {
    try {
      return LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      throw QueryParameters.refused(
          name,
          "Parameter '%s' can't be '%s': use a date such as 2026-06-30."
              .formatted(name, value.length() > 60 ? value.substring(0, 60) + "…" : value));
    }
  }
}
