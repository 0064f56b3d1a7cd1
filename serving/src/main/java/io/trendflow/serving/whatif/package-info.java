/** Forecasts of a product under other prices and promotions. */
@NullMarked
package io.trendflow.serving.whatif;

import org.jspecify.annotations.NullMarked;
