package io.trendflow.jobs.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.MonitorRow;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Monitorings up to a day, and which of them counts for the outcomes of a run.
 *
 * @param rows rows of {@code quality.monitors}, by their ids
 * @param byRun id of the monitoring whose outcomes of a run count, by the run's id
 */
public record CountingMonitors(Map<String, Row> rows, Map<String, String> byRun) {

  /** Reads the monitorings up to a day. */
  public static CountingMonitors of(TableStore store, LocalDate asOf) {
    Map<String, Row> rows = new TreeMap<>();
    store
        .read(Table.MONITORS)
        .filter(col("as_of").leq(lit(asOf)))
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("monitor_id"), row));
    return new CountingMonitors(
        rows, Visibility.outcomes(rows.values().stream().map(CountingMonitors::row).toList()));
  }

  private static MonitorRow row(Row monitor) {
    return new MonitorRow(
        monitor.getAs("monitor_id"),
        monitor.getAs("as_of"),
        monitor.getAs("finished_at"),
        monitor.<Row>getList(monitor.fieldIndex("results")).stream()
            .map(result -> result.<String>getAs("run_id"))
            .distinct()
            .toList());
  }

  /** Returns the id of the latest monitoring; empty if there is none. */
  public Optional<String> latest() {
    return rows.values().stream()
        .map(CountingMonitors::row)
        .max(MonitorRow.EARLIEST_FIRST)
        .map(MonitorRow::monitorId);
  }

  /** Returns the outcomes of runs that count. */
  public Dataset<Row> outcomes(TableStore store, Collection<String> runs) {
    Map<String, List<String>> byMonitor =
        runs.stream()
            .filter(byRun::containsKey)
            .collect(Collectors.groupingBy(byRun::get, TreeMap::new, Collectors.toList()));
    Column counts =
        byMonitor.entrySet().stream()
            .map(
                of ->
                    col("monitor_id")
                        .equalTo(of.getKey())
                        .and(col("run_id").isin(of.getValue().toArray())))
            .reduce(Column::or)
            .orElse(lit(false));
    return store.read(Table.OUTCOMES, byMonitor.keySet()).filter(counts);
  }
}
