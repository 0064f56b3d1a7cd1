/** Reads the published tables, from files by DuckDB or from BigQuery. */
@NullMarked
package io.trendflow.serving.store;

import org.jspecify.annotations.NullMarked;
