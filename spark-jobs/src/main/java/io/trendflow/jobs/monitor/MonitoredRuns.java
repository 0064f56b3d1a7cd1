package io.trendflow.jobs.monitor;

import io.trendflow.jobs.store.TableStore;
import io.trendflow.jobs.store.VisibilityRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * Runs that a monitoring judges: of each cutoff, the visible run that was published last.
 *
 * @param runs rows of {@code prediction.runs}, the earliest cutoff first
 */
public record MonitoredRuns(List<Row> runs) {
  private static final Comparator<Row> EARLIEST_FIRST =
      Comparator.comparing((Row run) -> run.<Instant>getAs("published_at"))
          .thenComparing(run -> run.<String>getAs("run_id"));

  /** Returns the runs with a cutoff up to a day. */
  public static MonitoredRuns of(TableStore store, LocalDate asOf) {
    TreeMap<LocalDate, Row> ofTheirDays = new TreeMap<>();
    VisibilityRows.visibleRuns(store)
        .filter(run -> !run.<LocalDate>getAs("as_of").isAfter(asOf))
        .sorted(EARLIEST_FIRST)
        .forEach(run -> ofTheirDays.put(run.getAs("as_of"), run));
    return new MonitoredRuns(List.copyOf(ofTheirDays.values()));
  }

  /** Returns the run of the latest cutoff; empty if there is none. */
  public Optional<Row> latest() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /** Returns the ids of the runs. */
  public List<String> ids() {
    return runs.stream().map(run -> run.<String>getAs("run_id")).toList();
  }
}
