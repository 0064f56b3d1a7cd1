package io.trendflow.collection.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.collection.landing.PullWriter;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullPeriod;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.pull.SourceCollector;
import io.trendflow.collection.web.CollectionException;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collector of the rows of a query in BigQuery, which lands each row as a line of JSON. A query
 * with the parameters {@code @from} and {@code @to} gives whole days: those since the last pull,
 * and the last few again, because exports complete their days later. Every other query gives all of
 * its rows each time.
 */
public final class BigqueryRows implements SourceCollector {
  private final @Nullable String shipped;

  private BigqueryRows(@Nullable String shipped) {
    this.shipped = shipped;
  }

  /** Returns a collector of the query in the settings. */
  public static BigqueryRows ofOwnSql() {
    return new BigqueryRows(null);
  }

  /**
   * Returns a collector of a query that comes with this module.
   *
   * @param name name of the query, which is the preset that reads its rows
   */
  public static BigqueryRows shipped(String name) {
    return new BigqueryRows(name);
  }

  @Override
  public PullReport collect(PullTask task) {
    BigquerySettings settings = task.settings(BigquerySettings.class);
    RowQuery query = RowQuery.of(task, settings, shipped);
    BigqueryQueries queries = new BigqueryQueries(task, settings);
    Optional<PullDays> asked = query.daily() ? days(task, settings) : Optional.empty();
    if (query.daily() ? asked.isEmpty() : !task.due(settings.interval())) {
      return task.report(PullOutcome.NOT_DUE, 0, 0, query.daily() ? List.of() : null);
    }
    PullDays days = asked.orElse(null);
    if (task.dryRun()) {
      task.progress()
          .accept(
              String.format(
                  Locale.ROOT,
                  "%s: the query would read %.1f MB",
                  task.source(),
                  queries.bytes(query.rows(), days) / 1e6));
      return task.report(
          PullOutcome.PLANNED, 0, queries.requests(), days == null ? null : List.of(days));
    }
    RowPages pages = new RowPages(task, task.history().begin(task.clock().instant()));
    queries.read(query.rows(), days, pages::land);
    return sealed(task, query, days, queries.requests(), pages);
  }

  private PullReport sealed(
      PullTask task, RowQuery query, @Nullable PullDays days, long requests, RowPages pages) {
    if (pages.records == 0) {
      String none =
          "BigQuery has no rows for source %s%s"
              .formatted(
                  task.source(),
                  days == null ? "" : " from %s to %s".formatted(days.from(), days.to()));
      if (task.history().latest().isEmpty()) {
        throw new CollectionException(none + ": check its table, its query and first_pull.");
      }
      task.progress().accept(none + ": the days stay due.");
      return task.report(PullOutcome.NOT_DUE, 0, requests, days == null ? null : List.of());
    }
    if (days != null && (pages.first.isBefore(days.from()) || pages.last.isAfter(days.to()))) {
      throw new CollectionException(
          "The rows of source %s are from %s to %s, but the pull is from %s to %s: use the parameters @from and @to in the query's WHERE."
              .formatted(task.source(), pages.first, pages.last, days.from(), days.to()));
    }
    // An export may not have its last days yet, which is not the same as days without rows.
    List<PullDays> told = days == null ? null : List.of(new PullDays(days.from(), pages.last));
    pages.writer.seal(
        pages.records,
        requests,
        told,
        "bigquery/v2",
        Sha256.shortId(query.sql() + days),
        task.codeVersion(),
        Map.of());
    return task.report(PullOutcome.LANDED, pages.records, requests, told);
  }

  /** Returns the days to ask for; empty if the last pull has them all. */
  private static Optional<PullDays> days(PullTask task, BigquerySettings settings) {
    PullPeriod period = PullPeriod.of(task, settings.restateDays());
    LocalDate first = period.start();
    if (task.since() == null && task.history().latest().isEmpty()) {
      first = period.yesterday().minusDays(settings.firstDays() - 1L);
    } else if (first.isAfter(period.yesterday())) {
      return Optional.empty();
    } else if (task.since() == null && period.earliest().isBefore(first)) {
      first = period.earliest();
    }
    return Optional.of(new PullDays(first, period.yesterday()));
  }

  /** Pages of rows as they are landed. */
  private static final class RowPages {
    private final PullTask task;
    private final PullWriter writer;
    private long records;
    private LocalDate first = LocalDate.MAX;
    private LocalDate last = LocalDate.MIN;

    RowPages(PullTask task, PullWriter writer) {
      this.task = task;
      this.writer = writer;
    }

    void land(JsonNode rows) {
      writer.file(
          "jsonl",
          out -> {
            for (JsonNode row : rows) {
              out.write(cell(row, 1).getBytes(StandardCharsets.UTF_8));
              out.write('\n');
            }
            return rows;
          });
      for (JsonNode row : rows) {
        LocalDate day = day(cell(row, 0));
        first = day.isBefore(first) ? day : first;
        last = day.isAfter(last) ? day : last;
      }
      records += rows.size();
      task.progress()
          .accept(
              "%s: page %d, %d rows from %s to %s so far"
                  .formatted(task.source(), writer.pages(), records, first, last));
    }

    private static String cell(JsonNode row, int column) {
      JsonNode value = row.path("f").path(column).path("v");
      if (!value.isTextual()) {
        throw new CollectionException(
            column == 0
                ? "The query's column date has no value in some rows: leave them out by WHERE."
                : "BigQuery's answer has no field rows/f/v: its form has changed.");
      }
      return value.asText();
    }

    private LocalDate day(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new CollectionException(
            "The query's column date is %s in source %s: make it a DATE, for example by PARSE_DATE."
                .formatted(text, task.source()),
            e);
      }
    }
  }
}
