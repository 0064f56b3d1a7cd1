package io.trendflow.schemas;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rule that decides from the rows of a commit table which ingests and runs are visible. {@link
 * CommitView} has the same rule in SQL.
 */
public final class Visibility {
  private Visibility() {}

  /**
   * Commit row of an ingest.
   *
   * @param supersedes ids of the earlier ingests that this one replaces
   */
  public record IngestRow(String ingestId, Collection<String> supersedes) {}

  /**
   * Commit row of a run. A retracted run has a second row, which is retracted.
   *
   * @param hindsight whether the model was trained after the day that it scored
   */
  public record RunRow(String runId, boolean retracted, boolean hindsight) {}

  /**
   * Commit row of a monitoring.
   *
   * @param runIds ids of the runs whose outcomes it has
   */
  public record MonitorRow(
      String monitorId, LocalDate asOf, Instant finishedAt, Collection<String> runIds) {
    /** Order in which the monitoring that counts comes last. */
    public static final Comparator<MonitorRow> EARLIEST_FIRST =
        Comparator.comparing(MonitorRow::asOf)
            .thenComparing(MonitorRow::finishedAt)
            .thenComparing(MonitorRow::monitorId);
  }

  /** Returns the id of the monitoring whose outcomes of a run count, by the run's id. */
  public static SortedMap<String, String> outcomes(Collection<MonitorRow> rows) {
    SortedMap<String, String> latest = new TreeMap<>();
    rows.stream()
        .sorted(MonitorRow.EARLIEST_FIRST)
        .forEach(row -> row.runIds().forEach(run -> latest.put(run, row.monitorId())));
    return latest;
  }

  /** Returns the ids of the ingests that no other ingest supersedes, in ascending order. */
  public static SortedSet<String> ingests(Collection<IngestRow> rows) {
    SortedSet<String> visible = sorted(rows.stream().map(IngestRow::ingestId));
    visible.removeAll(superseded(rows));
    return visible;
  }

  /**
   * Returns the ids of the ingests that some row supersedes, in ascending order. An ingest stays
   * superseded if the ingest that replaced it is superseded too.
   */
  public static SortedSet<String> superseded(Collection<IngestRow> rows) {
    return sorted(rows.stream().flatMap(row -> row.supersedes().stream()));
  }

  /** Returns the ids of the runs that are neither retracted nor in hindsight, ascending. */
  public static SortedSet<String> runs(Collection<RunRow> rows) {
    SortedSet<String> visible = sorted(rows.stream().map(RunRow::runId));
    visible.removeAll(runs(rows, row -> row.retracted() || row.hindsight()));
    return visible;
  }

  /** Returns the ids of the runs that were retracted, in ascending order. */
  public static SortedSet<String> retracted(Collection<RunRow> rows) {
    return runs(rows, RunRow::retracted);
  }

  private static SortedSet<String> runs(Collection<RunRow> rows, Predicate<RunRow> condition) {
    return sorted(rows.stream().filter(condition).map(RunRow::runId));
  }

  private static SortedSet<String> sorted(Stream<String> ids) {
    return ids.collect(Collectors.toCollection(TreeSet::new));
  }
}
