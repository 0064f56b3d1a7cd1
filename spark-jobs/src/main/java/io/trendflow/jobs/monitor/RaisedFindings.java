package io.trendflow.jobs.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.jobs.alert.AlertEvent;
import io.trendflow.jobs.config.AlertsConfig;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.model.finding.FindingSentences;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Findings that are news: at a level that they had in neither of the two monitorings before. A
 * finding that remains is thus posted once, and again only after two monitorings without it.
 */
public final class RaisedFindings {
  private static final int BEFORE = 2;

  private final TableStore store;

  /** Creates a comparison with the monitorings of a store. */
  public RaisedFindings(TableStore store) {
    this.store = store;
  }

  /**
   * Returns the events of a monitoring, alerts first.
   *
   * @param monitorId id of the monitoring that has the findings
   * @param least lowest level that matters: warn or alert
   */
  public List<AlertEvent> events(
      String monitorId, LocalDate asOf, List<MonitorFinding> findings, String least) {
    FindingLevel lowest = FindingLevel.valueOf(least.toUpperCase(Locale.ROOT));
    List<MonitorFinding> bad =
        findings.stream().filter(finding -> finding.level().compareTo(lowest) >= 0).toList();
    if (bad.isEmpty()) {
      return List.of();
    }
    Map<List<String>, FindingLevel> before = before(monitorId, asOf);
    FindingSentences sentences = new FindingSentences(Locale.UK, input -> input.replace('_', ' '));
    return bad.stream()
        .filter(
            finding ->
                before.getOrDefault(key(finding), FindingLevel.OK).compareTo(finding.level()) < 0)
        .sorted(Comparator.comparing(MonitorFinding::level).reversed())
        .map(finding -> event(monitorId, asOf, finding, sentences))
        .toList();
  }

  private static List<String> key(MonitorFinding finding) {
    return List.of(finding.area(), finding.subject(), finding.metric());
  }

  /** Returns the worst level of each finding in the two monitorings before. */
  private Map<List<String>, FindingLevel> before(String monitorId, LocalDate asOf) {
    List<String> ids =
        store
            .read(Table.MONITORS)
            .filter(col("as_of").leq(lit(asOf)).and(col("monitor_id").notEqual(monitorId)))
            .orderBy(col("as_of").desc(), col("finished_at").desc(), col("monitor_id").desc())
            .limit(BEFORE)
            .select("monitor_id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    Map<List<String>, FindingLevel> worst = new HashMap<>();
    for (Row row : store.read(Table.FINDINGS, ids).collectAsList()) {
      worst.merge(
          List.of(row.getAs("area"), row.getAs("subject"), row.getAs("metric")),
          FindingLevel.valueOf(row.<String>getAs("level").toUpperCase(Locale.ROOT)),
          FindingLevel::or);
    }
    return worst;
  }

  private static AlertEvent event(
      String monitorId, LocalDate asOf, MonitorFinding finding, FindingSentences sentences) {
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("monitor_id", monitorId);
    data.put("as_of", asOf);
    data.put("area", finding.area());
    data.put("subject", finding.subject());
    data.put("metric", finding.metric());
    data.put("level", finding.level().label());
    data.put("value", finding.value());
    data.put("reference", finding.reference());
    return new AlertEvent(
        String.join("-", "finding", monitorId, finding.area(), finding.subject(), finding.metric())
            .replaceAll("[^A-Za-z0-9_-]+", "_"),
        AlertsConfig.FINDING_RAISED,
        "TrendFlow %s, data of %s: %s"
            .formatted(finding.level().label(), asOf, sentences.sentence(finding.figure())),
        data);
  }
}
