/** Storage of tables and artifacts, in files or in BigQuery. */
@NullMarked
package io.trendflow.jobs.store;

import org.jspecify.annotations.NullMarked;
