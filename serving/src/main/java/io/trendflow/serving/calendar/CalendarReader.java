package io.trendflow.serving.calendar;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.trendflow.schemas.MarketNames;
import io.trendflow.schemas.Table;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the planned events of products from the warehouse. */
@Singleton
public final class CalendarReader {
  private static final String EVERYTHING = "all";

  private static final Comparator<CalendarEvent> ORDER =
      Comparator.comparing(CalendarEvent::firstDay)
          .thenComparing(CalendarEvent::lastDay)
          .thenComparing(CalendarEvent::kind);

  private final Warehouse warehouse;

  public CalendarReader(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Product in a market.
   *
   * @param category its category in the catalogue; null if it has none
   */
  public record Subject(String productId, String market, @Nullable String category) {
    private Set<String> names() {
      return Stream.of(productId, category, EVERYTHING)
          .flatMap(Stream::ofNullable)
          .collect(toSet());
    }

    private boolean isOf(CalendarRecord row) {
      return switch (row.scope()) {
        case "product" -> row.subject().equals(productId);
        case "category" -> row.subject().equals(category);
        default -> true;
      };
    }
  }

  private record Told(String source, CalendarEvent event, boolean isAssumed) {}

  /**
   * Returns the events of a product, of its category and of the whole market that end on a day or
   * later, the earliest first.
   *
   * <p>A pull is complete: an event that it no longer has is not planned any more. It took place
   * all the same if the last pull before its first day had it.
   *
   * @throws UnreadableException if the store can't be read
   */
  public List<CalendarEvent> of(Run run, CalendarPulls pulls, Subject subject, LocalDate since)
      throws UnreadableException {
    Instant knownBy = Run.endOf(run.asOf());
    List<CalendarRecord> rows = new ArrayList<>();
    warehouse.read(
        RowSelection.batches(Table.CALENDAR, run.ingestIds())
            .where("market", List.of(subject.market(), MarketNames.EVERY_MARKET))
            .where("subject", subject.names())
            .since("ends_on", since),
        CalendarRecord.class,
        rows::add);
    Map<Told, Set<Instant>> told =
        rows.stream()
            .filter(row -> subject.isOf(row) && !row.availableAt().isAfter(knownBy))
            .collect(
                groupingBy(CalendarReader::told, mapping(CalendarRecord::availableAt, toSet())));
    return told.entrySet().stream()
        .filter(one -> isPlanned(one.getKey(), one.getValue(), pulls, knownBy))
        .map(one -> one.getKey().event())
        .distinct()
        .sorted(ORDER)
        .toList();
  }

  private static Told told(CalendarRecord row) {
    CalendarEvent event = new CalendarEvent(row.kind(), row.startsOn(), row.endsOn(), row.depth());
    return new Told(row.source(), event, row.availableAssumed());
  }

  private static boolean isPlanned(
      Told told, Set<Instant> times, CalendarPulls pulls, Instant knownBy) {
    if (told.isAssumed()) {
      return true;
    }
    Instant start = told.event().firstDay().atStartOfDay().toInstant(ZoneOffset.UTC);
    return has(times, pulls.last(told.source(), knownBy))
        || (start.isBefore(knownBy) && has(times, pulls.last(told.source(), start)));
  }

  private static boolean has(Set<Instant> times, @Nullable Instant pull) {
    return pull != null && times.contains(pull);
  }
}
