/**
 * The jobs: the only module with {@code main}, a Spark session, storage and the command line. A job
 * opens a store, calls the static functions of the other modules and commits their results.
 */
@NullMarked
package io.trendflow.jobs;

import org.jspecify.annotations.NullMarked;
