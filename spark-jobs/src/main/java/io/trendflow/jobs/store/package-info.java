/** Tables and artifacts, on files or in BigQuery. */
@NullMarked
package io.trendflow.jobs.store;

import org.jspecify.annotations.NullMarked;
