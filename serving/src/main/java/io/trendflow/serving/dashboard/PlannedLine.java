package io.trendflow.serving.dashboard;

import io.trendflow.serving.calendar.CalendarEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Planned event as text.
 *
 * @param isMarked whether the chart marks its days
 * @param discount change of the price; null if unknown
 */
record PlannedLine(
    CalendarEvent event, boolean isMarked, String kind, String days, @Nullable String discount) {
  private static final Set<String> MARKED = Set.of("promo", "campaign");

  static PlannedLine of(CalendarEvent event, PageLanguage language) {
    Double depth = event.depth();
    return new PlannedLine(
        event,
        MARKED.contains(event.kind()),
        language.value("planned.kind", event.kind()),
        event.firstDay().equals(event.lastDay())
            ? language.wording().day(event.firstDay())
            : language.wording().days(event.firstDay(), event.lastDay()),
        depth == null ? null : language.wording().signedPercent(-depth));
  }
}
