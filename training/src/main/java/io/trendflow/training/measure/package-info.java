/** Metrics of predictions against what happened, and the rules that decide by them. */
@NullMarked
package io.trendflow.training.measure;

import org.jspecify.annotations.NullMarked;
