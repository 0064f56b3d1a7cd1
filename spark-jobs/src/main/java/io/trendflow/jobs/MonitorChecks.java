package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.features.FeatureRows;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.monitor.AccuracyChecks;
import io.trendflow.jobs.monitor.InputChecks;
import io.trendflow.jobs.monitor.ModelChecks;
import io.trendflow.jobs.monitor.MonitorFinding;
import io.trendflow.jobs.monitor.MonitoredRuns;
import io.trendflow.jobs.monitor.PredictionChecks;
import io.trendflow.jobs.monitor.SourceChecks;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.scoring.InputSample;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks of everything that the latest run was made from, and of what became of earlier ones. */
final class MonitorChecks {
  /** Areas in the order of cause and effect. */
  private static final List<String> AREAS = List.of("source", "inputs", "predictions", "accuracy");

  private MonitorChecks() {}

  /**
   * Returns the findings.
   *
   * @param results results of all judged runs by market, the earliest first
   */
  static List<MonitorFinding> of(
      JobContext context,
      TableSnapshot snapshot,
      MonitoredRuns runs,
      List<Row> results,
      LocalDate asOf) {
    Map<String, Integer> cadences = new TreeMap<>();
    context
        .config()
        .sources()
        .forEach(
            (name, source) -> {
              if (source.cadence() != null) {
                cadences.put(name, (int) source.cadence().toDays());
              }
            });
    List<MonitorFinding> findings =
        new ArrayList<>(new SourceChecks(asOf, cadences).of(snapshot.tables()));
    findings.addAll(new PredictionChecks(context.store()).of(runs));
    runs.latest()
        .flatMap(run -> model(context, run))
        .ifPresent(
            model -> {
              LocalDate cutoff = runs.latest().orElseThrow().getAs("as_of");
              findings.addAll(inputs(context, snapshot, model, cutoff));
              findings.addAll(
                  AccuracyChecks.of(results, AccuracyChecks.backtest(backtest(context, model))));
              findings.addAll(
                  ModelChecks.of(model, context.store().read(Table.MODELS).collectAsList(), asOf));
            });
    return withoutConsequences(findings);
  }

  /**
   * Returns the findings with alerts in one area only, the first that has any: a broken source
   * moves inputs, inputs move predictions. Alerts of later areas become warnings.
   */
  private static List<MonitorFinding> withoutConsequences(List<MonitorFinding> findings) {
    Optional<String> cause =
        AREAS.stream()
            .filter(area -> findings.stream().anyMatch(f -> f.area().equals(area) && f.isAlert()))
            .findFirst();
    return findings.stream()
        .map(
            finding ->
                finding.isAlert()
                        && AREAS.contains(finding.area())
                        && !finding.area().equals(cause.orElse(""))
                    ? finding.asWarning()
                    : finding)
        .toList();
  }

  /** Returns the model of a run; empty if the baseline scored it or another model counts now. */
  private static Optional<TrendModel> model(JobContext context, Row run) {
    String id = run.getAs("model_id");
    return id == null
        ? Optional.empty()
        : ChampionModel.at(context, run.getAs("as_of"), false)
            .filter(model -> Objects.equals(model.modelId(), id));
  }

  private static List<MonitorFinding> inputs(
      JobContext context, TableSnapshot snapshot, TrendModel model, LocalDate cutoff) {
    if (model.reference() == null) {
      context
          .progress()
          .note("model %s has no distributions of its inputs: train again", model.modelId());
      return List.of();
    }
    FeatureRows features =
        FeatureRows.at(
            snapshot.tables(), snapshot.calendar(), List.of(cutoff), snapshot.settings());
    Dataset<Row> rows =
        features
            .rows()
            .filter(col("lifecycle").isin(context.config().score().lifecycles().toArray()))
            .persist();
    try {
      return InputChecks.of(model, InputSample.of(rows, model.features(), model.missing()));
    } finally {
      rows.unpersist();
      features.release();
    }
  }

  private static Dataset<Row> backtest(JobContext context, TrendModel model) {
    List<String> ids =
        context
            .store()
            .read(Table.MODELS)
            .filter(col("model_id").equalTo(model.modelId()))
            .select("backtest_id")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    return context
        .store()
        .read(Table.BACKTEST, ids)
        .filter(col("recipe_id").equalTo(model.provenance().recipeId()));
  }
}
