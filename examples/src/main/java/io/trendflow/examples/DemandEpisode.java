package io.trendflow.examples;

import java.time.LocalDate;

/**
 * Planted rise of a product's sales in one market.
 *
 * @param riseStart first day of the rise
 * @param factor units on the plateau relative to the usual level, 1.5 to 2
 * @param leadWeeks weeks by which the interest in the keyword rises before the sales do, 5 to 10
 * @param keyword the product's declared keyword
 * @param winner whether the rise starts 1 to 14 days after the end of the history; a good model
 *     finds these
 */
public record DemandEpisode(
    String productId,
    String market,
    LocalDate riseStart,
    double factor,
    int leadWeeks,
    String keyword,
    boolean winner) {}
