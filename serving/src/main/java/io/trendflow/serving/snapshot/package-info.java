/**
 * Snapshot of the latest run in memory: columns, orders, filters and the data that belongs to the
 * run.
 */
@NullMarked
package io.trendflow.serving.snapshot;

import org.jspecify.annotations.NullMarked;
