/** Features, labels and baselines as known at the end of a cutoff day. */
@NullMarked
package io.trendflow.features;

import org.jspecify.annotations.NullMarked;
