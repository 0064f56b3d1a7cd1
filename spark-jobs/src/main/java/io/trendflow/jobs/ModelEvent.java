package io.trendflow.jobs;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.features.FeatureSpec;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.CommitRow;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.model.MetricValue;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.training.backtest.BacktestResult;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Row of {@code prediction.models}: an event in the life of a model.
 *
 * @param event backtested, which commits the backtest; trained, promoted, rejected or retired
 * @param reason the reason for the event, one sentence
 * @param artifact path of model.json below the store; null before the file exists
 */
record ModelEvent(String event, String reason, @Nullable String artifact) {

  void write(JobContext context, TrainingSetup setup, BacktestResult backtest) {
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("model_id", setup.modelId());
    row.put("changed_at", now);
    row.put("changed_on", LocalDate.ofInstant(now, ZoneOffset.UTC));
    row.put("event", event);
    row.put("reason", reason);
    row.put("recipe_id", setup.recipeId());
    row.put("backtest_id", setup.backtest().id());
    row.put("as_of", setup.plan().asOf());
    row.put("horizon_days", (long) setup.recipe().horizonDays());
    row.put("artifact", artifact);
    row.put("parameters", parameters(setup));
    row.put("features", setup.features().stream().map(FeatureSpec::name).toList());
    row.put("metrics", backtest.report().means().stream().map(ModelEvent::metric).toList());
    row.put("backtest_origins", (long) setup.plan().origins().size());
    row.put("backtest_markets", backtest.report().markets());
    row.put(
        "backtest_rows",
        backtest.figures().parts().stream()
            .map(part -> Map.of("lifecycle", part.part(), "rows", part.rows()))
            .toList());
    row.put("ingest_ids", setup.snapshot().ingestIds());
    row.put("code_version", context.codeVersion());
    String batch =
        event.equals("backtested")
            ? setup.backtest().id()
            : TableLayout.event(setup.backtest().id(), event, now);
    context.store().commit(Table.MODELS, batch, CommitRow.of(context.spark(), Table.MODELS, row));
  }

  /**
   * Writes another event of a model.
   *
   * @param row the model, as in an earlier event
   */
  static void again(JobContext context, Row row, String event, String reason) {
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Dataset<Row> changed =
        context
            .spark()
            .createDataFrame(List.of(row), SparkSchemas.of(Table.MODELS))
            .withColumn("event", lit(event))
            .withColumn("reason", lit(reason))
            .withColumn("changed_at", lit(now))
            .withColumn("changed_on", lit(LocalDate.ofInstant(now, ZoneOffset.UTC)))
            .withColumn("code_version", lit(context.codeVersion()));
    String batch = TableLayout.event(row.getAs("backtest_id"), event, now);
    context.store().commit(Table.MODELS, batch, changed);
  }

  /** Returns the latest event of each model. */
  static Collection<Row> latest(Stream<Row> events) {
    return events
        .collect(
            toMap(
                event -> event.<String>getAs("model_id"),
                event -> event,
                BinaryOperator.maxBy(
                    Comparator.comparing(event -> event.<Instant>getAs("changed_at")))))
        .values();
  }

  /** Returns the metrics of an event. */
  static List<MetricValue> metrics(Row event) {
    return event.<Row>getList(event.fieldIndex("metrics")).stream()
        .map(
            row ->
                new MetricValue(
                    row.getAs("method"),
                    row.getAs("metric"),
                    row.getAs("value"),
                    row.getAs("standard_error")))
        .toList();
  }

  private static List<Map<String, String>> parameters(TrainingSetup setup) {
    return setup.lineage().parameters(setup.recipe()).entrySet().stream()
        .map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue()))
        .toList();
  }

  private static Map<String, @Nullable Object> metric(MetricValue metric) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("method", metric.method());
    row.put("metric", metric.metric());
    row.put("value", metric.value());
    row.put("standard_error", metric.standardError());
    return row;
  }
}
