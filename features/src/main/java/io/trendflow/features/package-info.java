/** Features, labels and baselines as they were known at a cutoff. */
@NullMarked
package io.trendflow.features;

import org.jspecify.annotations.NullMarked;
