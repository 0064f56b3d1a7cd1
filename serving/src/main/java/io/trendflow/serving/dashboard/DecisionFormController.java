package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.DecisionRequest;
import io.trendflow.serving.api.DecisionsController;
import io.trendflow.serving.web.DashboardSession;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.SessionSigner;
import io.trendflow.serving.web.SiteAddress;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds the decisions of the form on a product's page. */
@Controller
@Hidden
@ExecuteOn(TaskExecutors.BLOCKING)
final class DecisionFormController {
  private static final int MOST_UNITS = 1_000_000_000;

  private final DecisionsController decisions;
  private final SessionSigner sessions;

  DecisionFormController(DecisionsController decisions, SessionSigner sessions) {
    this.decisions = decisions;
    this.sessions = sessions;
  }

  @Post("/products/{id}/decisions")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(PageRenderer.HTML)
  HttpResponse<?> add(HttpRequest<?> request, String id, @Body Map<String, String> sent) {
    CallerView view = CallerView.of(request);
    view.access().requireWrite();
    if (!sessions.isDecisionToken(DashboardSession.of(request), sent.getOrDefault("token", ""))) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.FORBIDDEN, "The form has expired: load the page of the product again."));
    }
    String market = sent.get("market");
    var unused =
        decisions.add(
            view,
            new DecisionRequest(
                sent.get("run_id"),
                market,
                id,
                sent.get("action"),
                units("units", sent),
                units("override_units", sent),
                null,
                sent.get("note"),
                sent.get("undoes")),
            sent.get("key"));
    return HttpResponse.seeOther(URI.create(SiteAddress.product(id, market)));
  }

  private static @Nullable Double units(String name, Map<String, String> sent) {
    String text = sent.getOrDefault(name, "").strip().replace(',', '.');
    return text.isEmpty() ? null : (Double) QueryParameters.number(name, text, MOST_UNITS);
  }
}
