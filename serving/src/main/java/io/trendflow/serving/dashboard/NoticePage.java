package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpStatus;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.web.ProblemBody;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Content of a page that is shown in place of the requested one.
 *
 * @param lead what to do, in the language of the page
 * @param detail the service's explanation, in English; null if the lead says everything
 * @param allowed allowed values
 * @param commands commands to run; may be empty
 * @param back whether a link to the whole list helps
 */
record NoticePage(
    String title,
    String lead,
    @Nullable String detail,
    List<String> allowed,
    List<String> commands,
    boolean back) {

  /** Creates the page of a problem. */
  static NoticePage of(ProblemBody problem, CallerView view, PageLanguage language) {
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
        && view.served().snapshot() == null) {
      return nothing(view, language);
    }
    String kind =
        switch (problem.status()) {
          case 400, 401, 403, 404, 429, 503 -> String.valueOf(problem.status());
          default -> "other";
        };
    String parameter = problem.parameter();
    List<String> allowed = problem.allowed();
    return new NoticePage(
        language.say("error." + kind + ".title"),
        parameter == null
            ? language.say("error." + kind + ".lead")
            : language.say("error.parameter", parameter),
        problem.detail(),
        allowed == null ? List.of() : allowed,
        List.of(),
        problem.status() < 500);
  }

  private static NoticePage nothing(CallerView view, PageLanguage language) {
    boolean fresh = view.served().problems().isEmpty();
    return new NoticePage(
        language.say("nothing.title"),
        language.say(fresh ? "nothing.lead" : "nothing.unreadable"),
        fresh ? null : view.whyNothing(),
        List.of(),
        Stream.of("ingest", "train", "score")
            .filter(step -> fresh)
            .map(step -> "bin/trendflow " + step + " --config your-shop.yaml")
            .toList(),
        false);
  }
}
