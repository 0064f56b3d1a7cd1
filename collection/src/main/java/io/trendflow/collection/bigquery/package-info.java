/** Collector of the rows of queries in BigQuery. */
@NullMarked
package io.trendflow.collection.bigquery;

import org.jspecify.annotations.NullMarked;
