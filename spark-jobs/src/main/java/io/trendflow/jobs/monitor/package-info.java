/** Monitoring of the forecasts: their outcomes, and checks of what they are made from. */
@NullMarked
package io.trendflow.jobs.monitor;

import org.jspecify.annotations.NullMarked;
