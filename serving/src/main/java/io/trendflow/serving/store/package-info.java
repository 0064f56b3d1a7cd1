/** Reads the published tables from Parquet files (DuckDB) or from BigQuery. */
@NullMarked
package io.trendflow.serving.store;

import org.jspecify.annotations.NullMarked;
