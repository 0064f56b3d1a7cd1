package io.trendflow.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.history.CatalogEntry;
import io.trendflow.history.DayRange;
import io.trendflow.history.PlannedEvent;
import io.trendflow.schemas.MarketNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Planned events of a shop by what they are about. A pull of a calendar is complete: an event that
 * it no longer has is planned no more. An event whose time of knowledge is assumed is planned for
 * ever.
 */
final class PlannedEvents implements Serializable {
  private static final String EVERYTHING = "all";

  /** Product, category or market that an event is about. */
  private record Subject(String market, String scope, String subject) implements Serializable {}

  /** Calendar without events. */
  static final PlannedEvents NONE = new PlannedEvents(Map.of());

  private final Map<Subject, List<PlannedEvent>> events;

  private PlannedEvents(Map<Subject, List<PlannedEvent>> events) {
    this.events = events;
  }

  /** Reads the events; the driver receives each once, however many pulls have it. */
  static PlannedEvents of(SourceTables tables) {
    Dataset<Row> calendar = tables.optional().get(OptionalInput.CALENDAR);
    Map<Subject, List<PlannedEvent>> events = new HashMap<>();
    if (calendar != null) {
      List<Row> rows =
          calendar
              .groupBy(
                  col("market"),
                  col("scope"),
                  col("subject"),
                  expr("unix_date(starts_on)"),
                  expr("unix_date(ends_on)"),
                  col("kind"),
                  coalesce(col("depth"), lit(Double.NaN)),
                  col("source"),
                  col("available_assumed"))
              .agg(collect_set(expr("unix_micros(available_at)")))
              .collectAsList();
      Map<String, NavigableSet<Long>> pulls = pulls(rows);
      for (Row row : rows) {
        events
            .computeIfAbsent(
                new Subject(row.getString(0), row.getString(1), row.getString(2)),
                subject -> new ArrayList<>())
            .addAll(events(row, row.getBoolean(8) ? null : pulls.get(row.getString(7))));
      }
    }
    return new PlannedEvents(events);
  }

  /** Returns the times of the pulls of each source. */
  private static Map<String, NavigableSet<Long>> pulls(List<Row> rows) {
    Map<String, NavigableSet<Long>> pulls = new TreeMap<>();
    for (Row row : rows) {
      if (!row.getBoolean(8)) {
        pulls
            .computeIfAbsent(row.getString(7), source -> new TreeSet<>())
            .addAll(row.<Long>getList(9));
      }
    }
    return pulls;
  }

  /** Returns an event once for each run of pulls that have it. */
  private static List<PlannedEvent> events(Row row, @Nullable NavigableSet<Long> pulls) {
    NavigableSet<Long> known = new TreeSet<>(row.<Long>getList(9));
    List<PlannedEvent> events = new ArrayList<>();
    long from = known.first();
    for (long at : known) {
      Long next = pulls == null ? null : pulls.higher(at);
      if (next == null || !known.contains(next)) {
        events.add(
            new PlannedEvent(
                new DayRange(row.getInt(3), row.getInt(4)),
                PlannedEvent.Kind.of(row.getString(5)),
                row.getDouble(6),
                from,
                next == null ? Long.MAX_VALUE : next));
        if (next == null) {
          break; // an assumed time is the only one that counts, and so is the last pull
        }
        Long again = known.higher(at);
        from = again == null ? from : again;
      }
    }
    return events;
  }

  /** Returns the events of a product, whenever they became known. */
  List<PlannedEvent> of(String market, String productId, CatalogEntry entry) {
    if (events.isEmpty()) {
      return List.of();
    }
    return Stream.of(market, MarketNames.EVERY_MARKET)
        .flatMap(
            in ->
                Stream.of(
                    new Subject(in, "product", productId),
                    new Subject(in, "category", String.valueOf(entry.category())),
                    new Subject(in, EVERYTHING, EVERYTHING)))
        .flatMap(subject -> events.getOrDefault(subject, List.of()).stream())
        .toList();
  }
}
