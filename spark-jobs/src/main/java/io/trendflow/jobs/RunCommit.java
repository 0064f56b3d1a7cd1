package io.trendflow.jobs;

import io.trendflow.jobs.alert.AlertEvent;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.config.AlertsConfig;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.CommitRow;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.scoring.Scorer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Writes the row of {@code prediction.runs} that publishes a run. */
record RunCommit(
    String runId,
    LocalDate asOf,
    Optional<TrendModel> model,
    boolean hindsight,
    List<String> degradedReasons) {

  /**
   * Publishes the run.
   *
   * @param lifecycles lifecycle and number of rows, including those that are not scored
   * @param scored number of scored products
   */
  void write(JobContext context, TableSnapshot snapshot, List<Row> lifecycles, long scored) {
    Dataset<Row> scores = context.store().read(Table.SCORES, runId);
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("run_id", runId);
    row.put("as_of", asOf);
    row.put("horizon_days", (long) context.config().horizonDays());
    row.put("model_id", model.map(TrendModel::modelId).orElse(null));
    row.put("published_at", context.clock().instant());
    row.put("scored_rows", scored);
    // Spark counts them in any order.
    row.put(
        "lifecycles",
        lifecycles.stream()
            .sorted(Comparator.comparing((Row count) -> count.getString(0)))
            .map(RunCommit::lifecycle)
            .toList());
    row.put("sources", sources(context.config(), snapshot.watermarks(asOf)));
    row.put("ranked_by", Scorer.rankedBy(scores));
    row.put("degraded", !degradedReasons.isEmpty());
    row.put("degraded_reasons", degradedReasons);
    row.put("hindsight", hindsight);
    row.put("retracted", false);
    row.put("ingest_ids", snapshot.ingestIds());
    row.put("code_version", context.codeVersion());
    context.store().commit(Table.RUNS, runId, CommitRow.of(context.spark(), Table.RUNS, row));
  }

  /** Returns the event that the run was published. */
  AlertEvent event(long scoredRows) {
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("run_id", runId);
    data.put("as_of", asOf);
    data.put("model_id", model.map(TrendModel::modelId).orElse(null));
    data.put("scored_rows", scoredRows);
    data.put("degraded_reasons", degradedReasons);
    return new AlertEvent(
        "run-" + runId,
        AlertsConfig.RUN_PUBLISHED,
        String.format(
            Locale.ENGLISH,
            "TrendFlow: the forecasts of %,d products with the data of %s are published.%s",
            scoredRows,
            asOf,
            degradedReasons.isEmpty() ? "" : " " + String.join(" ", degradedReasons)),
        data);
  }

  private static Map<String, Object> lifecycle(Row row) {
    return Map.of("lifecycle", row.getString(0), "rows", row.getLong(1));
  }

  private List<Map<String, @Nullable Object>> sources(
      JobConfig config, Map<String, LocalDate> watermarks) {
    List<Map<String, @Nullable Object>> sources = new ArrayList<>();
    config
        .sources()
        .forEach(
            (name, source) -> {
              LocalDate watermark = watermarks.get(name);
              Map<String, @Nullable Object> row = new HashMap<>();
              row.put("source", name);
              row.put("kind", source.kind().name().toLowerCase(Locale.ROOT));
              row.put("watermark", watermark);
              row.put(
                  "age_days", watermark == null ? null : ChronoUnit.DAYS.between(watermark, asOf));
              sources.add(row);
            });
    return sources;
  }
}
