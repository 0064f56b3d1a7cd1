package io.trendflow.serving.api;

import io.micronaut.http.HttpStatus;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;

/** Reads the report that a training wrote beside its model. */
@Singleton
public final class ReportReader {
  private final Warehouse warehouse;

  ReportReader(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns the page about the served model's training, which has forecasts of all markets.
   *
   * @throws ProblemException status 403 for a caller of single markets, 404 if no model is served,
   *     503 if the file can't be read
   */
  public byte[] served(CallerView view) {
    view.access().requireEverything();
    Model served =
        view.models().stream()
            .filter(Model::served)
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemBody.of(
                            HttpStatus.NOT_FOUND, "The latest run was scored without a model.")));
    try {
      return warehouse.artifact(served.file("report.html"));
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("report", e);
    }
  }
}
