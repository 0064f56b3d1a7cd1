package io.trendflow.serving.calendar;

import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Planned event of a product, as known at as_of.
 *
 * @param kind promo, price, holiday or campaign
 * @param firstDay first day, in the shop's local time
 * @param lastDay last day
 * @param depth share by which the price is below the list price, such as 0.2 for 20 % off; negative
 *     for a higher price; null if unknown
 */
@Serdeable
public record CalendarEvent(
    String kind, LocalDate firstDay, LocalDate lastDay, @Nullable Double depth) {}
