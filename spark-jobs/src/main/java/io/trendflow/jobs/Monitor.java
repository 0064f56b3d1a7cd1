package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.AlertsConfig;
import io.trendflow.jobs.monitor.MonitorFinding;
import io.trendflow.jobs.monitor.MonitoredRuns;
import io.trendflow.jobs.monitor.RaisedFindings;
import io.trendflow.jobs.monitor.RunOutcomes;
import io.trendflow.jobs.store.CommitRow;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Compares the published forecasts with what was sold, checks what they are made from, and commits
 * the outcomes and the findings.
 */
@Command(
    name = "monitor",
    description =
        "Compares earlier forecasts with what was sold and checks sources, inputs, predictions and"
            + " model.")
public final class Monitor implements SparkJob {
  @Mixin private final AsOf asOf = new AsOf();

  /**
   * A committed monitoring.
   *
   * @param alreadyDone whether the same monitoring was committed before, so that nothing was done
   * @param outcomes number of outcomes that were written, which are those that are new or differ
   * @param warnings number of findings to look at
   * @param alerts number of findings to act on
   */
  record Result(
      String monitorId,
      boolean alreadyDone,
      LocalDate asOf,
      long outcomes,
      long warnings,
      long alerts) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Monitor(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, asOf.day(), options.force);
  }

  static Result run(JobContext context, Optional<LocalDate> day, boolean force) {
    JobProgress progress = context.progress();
    progress.stages(
        "read the tables",
        "compare and write " + Table.OUTCOMES,
        "check and write " + Table.FINDINGS,
        "commit the monitoring");
    TableSnapshot snapshot = TableSnapshot.of(context);
    LocalDate asOf = day.orElse(snapshot.lastDay());
    MonitoredRuns runs = MonitoredRuns.of(context.store(), asOf);
    BatchId attempt =
        BatchId.of(
            context.store(),
            Table.MONITORS,
            force,
            asOf,
            snapshot.ingestIds(),
            runs.ids(),
            snapshot.settingsId());
    progress.done("read %d ingests and %d runs", snapshot.ingestIds().size(), runs.ids().size());
    if (attempt.done()) {
      progress.note("nothing to do: monitoring %s is already committed", attempt.id());
      return new Result(attempt.id(), true, asOf, 0, 0, 0);
    }
    RunOutcomes outcomes =
        new RunOutcomes(
            context.store(),
            snapshot.tables(),
            snapshot.calendar(),
            snapshot.settings(),
            snapshot.ingestIds(),
            asOf);
    long rows = outcomes.write(runs, attempt.id());
    progress.done("wrote %,d rows", rows);
    List<MonitorFinding> findings =
        MonitorChecks.of(context, snapshot, runs, outcomes.results(runs, attempt.id()), asOf);
    write(context, attempt.id(), asOf, findings);
    commit(context, snapshot, attempt.id(), asOf, runs.latest());
    post(context, attempt.id(), asOf, findings);
    progress.done("committed monitoring %s", attempt.id());
    return new Result(
        attempt.id(),
        false,
        asOf,
        rows,
        findings.stream().filter(MonitorFinding::isWarning).count(),
        findings.stream().filter(MonitorFinding::isAlert).count());
  }

  private static void post(
      JobContext context, String monitorId, LocalDate asOf, List<MonitorFinding> findings) {
    AlertsConfig alerts = context.config().alerts();
    if (!alerts.webhooks().isEmpty()) {
      context
          .webhooks()
          .post(
              new RaisedFindings(context.store())
                  .events(monitorId, asOf, findings, alerts.minLevel()));
    }
  }

  private static void write(
      JobContext context, String monitorId, LocalDate asOf, List<MonitorFinding> findings) {
    long rows =
        context
            .store()
            .append(
                Table.FINDINGS,
                monitorId,
                context
                    .spark()
                    .createDataFrame(
                        findings.stream().map(finding -> finding.row(monitorId, asOf)).toList(),
                        SparkSchemas.of(Table.FINDINGS)));
    findings.stream()
        .filter(finding -> finding.isWarning() || finding.isAlert())
        .forEach(finding -> context.progress().note("%s", finding.line()));
    context.progress().done("wrote %,d rows", rows);
  }

  private static void commit(
      JobContext context,
      TableSnapshot snapshot,
      String monitorId,
      LocalDate asOf,
      Optional<Row> latest) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("monitor_id", monitorId);
    row.put("as_of", asOf);
    row.put("finished_at", context.clock().instant());
    row.put("run_id", latest.map(run -> run.<String>getAs("run_id")).orElse(null));
    row.put("model_id", latest.map(run -> run.<String>getAs("model_id")).orElse(null));
    row.put(
        "results",
        RunOutcomes.results(context.store().read(Table.OUTCOMES, monitorId)).stream()
            .map(Monitor::values)
            .toList());
    row.put("ingest_ids", snapshot.ingestIds());
    row.put("code_version", context.codeVersion());
    context
        .store()
        .commit(Table.MONITORS, monitorId, CommitRow.of(context.spark(), Table.MONITORS, row));
  }

  private static Map<String, Object> values(Row result) {
    Map<String, Object> values = new HashMap<>();
    Arrays.stream(result.schema().fieldNames())
        .forEach(name -> values.put(name, result.getAs(name)));
    return values;
  }
}
