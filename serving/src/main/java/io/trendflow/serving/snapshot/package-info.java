/** The latest run in memory: columns, orders, filters and what belongs to the run. */
@NullMarked
package io.trendflow.serving.snapshot;

import org.jspecify.annotations.NullMarked;
