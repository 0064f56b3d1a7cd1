/** Planned events of a product, such as promotions. */
@NullMarked
package io.trendflow.serving.calendar;

import org.jspecify.annotations.NullMarked;
