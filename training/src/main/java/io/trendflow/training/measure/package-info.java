/** Metrics of predictions, and the decision rules that use them. */
@NullMarked
package io.trendflow.training.measure;

import org.jspecify.annotations.NullMarked;
