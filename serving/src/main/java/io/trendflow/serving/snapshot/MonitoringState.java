package io.trendflow.serving.snapshot;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.MonitorRow;
import io.trendflow.serving.snapshot.MonitorRecord.MarketResult;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Committed monitorings of the forecasts.
 *
 * @param monitors monitorings, the earliest first
 * @param outcomes id of the monitoring whose outcomes of a run count, by the run's id
 * @param findings findings of the latest monitoring
 */
public record MonitoringState(
    List<MonitorRecord> monitors,
    SortedMap<String, String> outcomes,
    List<FindingRecord> findings) {
  /** State of a store without a monitoring. */
  static final MonitoringState NONE = new MonitoringState(List.of(), new TreeMap<>(), List.of());

  /**
   * Reads the monitorings, and the findings of the latest unless they were read before.
   *
   * @throws UnreadableException if the table can't be read
   */
  static MonitoringState read(Warehouse warehouse, MonitoringState before)
      throws UnreadableException {
    List<MonitorRecord> monitors = new ArrayList<>();
    warehouse.read(RowSelection.all(Table.MONITORS), MonitorRecord.class, monitors::add);
    monitors.sort(Comparator.comparing(MonitoringState::row, MonitorRow.EARLIEST_FIRST));
    if (monitors.equals(before.monitors())) {
      return before;
    }
    List<FindingRecord> findings = new ArrayList<>();
    if (!monitors.isEmpty()) {
      String latest = monitors.get(monitors.size() - 1).monitorId();
      warehouse.read(
          RowSelection.batches(Table.FINDINGS, List.of(latest))
              .orderedBy("area", "subject", "metric"),
          FindingRecord.class,
          findings::add);
    }
    return new MonitoringState(
        List.copyOf(monitors),
        Visibility.outcomes(monitors.stream().map(MonitoringState::row).toList()),
        List.copyOf(findings));
  }

  private static MonitorRow row(MonitorRecord monitor) {
    return new MonitorRow(
        monitor.monitorId(),
        monitor.asOf(),
        monitor.finishedAt(),
        monitor.results().stream().map(MarketResult::runId).distinct().toList());
  }

  /** Returns the results of a run that count, ordered by market; empty if it has none yet. */
  public List<MarketResult> of(String runId) {
    String counts = outcomes.get(runId);
    return monitors.stream()
        .filter(monitor -> Objects.equals(monitor.monitorId(), counts))
        .flatMap(monitor -> monitor.results().stream())
        .filter(result -> result.runId().equals(runId))
        .sorted(Comparator.comparing(MarketResult::market))
        .toList();
  }

  /** Returns the number of findings of the latest monitoring in an area at a level. */
  public long count(String area, String level) {
    return findings.stream()
        .filter(finding -> finding.area().equals(area) && finding.level().equals(level))
        .count();
  }

  /** Returns the ids of the monitorings, which change whenever the state does. */
  List<String> ids() {
    return monitors.stream().map(MonitorRecord::monitorId).toList();
  }
}
