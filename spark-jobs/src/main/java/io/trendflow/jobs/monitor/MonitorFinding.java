package io.trendflow.jobs.monitor;

import io.trendflow.model.finding.FindingFigure;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Figure of a check, as a row of {@code quality.findings}, whose contract describes the components.
 */
public record MonitorFinding(
    String area,
    String subject,
    String metric,
    FindingLevel level,
    @Nullable Double value,
    @Nullable Double reference,
    @Nullable Double lower,
    @Nullable Double upper,
    long n,
    List<String> arguments) {

  /** Returns whether the finding is worth a message. */
  public boolean isAlert() {
    return level == FindingLevel.ALERT;
  }

  /** Returns whether the finding is worth a look. */
  public boolean isWarning() {
    return level == FindingLevel.WARN;
  }

  /** Returns the finding as one that is only worth a look. */
  public MonitorFinding asWarning() {
    return new MonitorFinding(
        area, subject, metric, FindingLevel.WARN, value, reference, lower, upper, n, arguments);
  }

  /** Returns the figure with its names, which can be worded. */
  FindingFigure figure() {
    return new FindingFigure(area, subject, metric, value, reference, arguments);
  }

  /** Returns the finding as a line for the log. */
  public String line() {
    return "%s: %s %s has %s %s, usually %s"
        .formatted(
            level.label(),
            area,
            subject,
            metric,
            value,
            reference == null ? "below " + upper : reference);
  }

  /** Returns the row in the contract's order. */
  public Row row(String monitorId, LocalDate asOf) {
    List<@Nullable Object> values = new ArrayList<>();
    Table.FINDINGS
        .contract()
        .fields()
        .forEach(
            field ->
                values.add(
                    switch (field.name()) {
                      case "monitor_id" -> monitorId;
                      case "as_of" -> asOf;
                      case "area" -> area;
                      case "subject" -> subject;
                      case "metric" -> metric;
                      case "level" -> level.label();
                      case "value" -> value;
                      case "reference" -> reference;
                      case "lower" -> lower;
                      case "upper" -> upper;
                      case "n" -> n;
                      case "arguments" -> arguments.toArray();
                      default -> throw new IllegalStateException(field.name());
                    }));
    return RowFactory.create(values.toArray());
  }
}
