/**
 * Ingestion of raw exports into clean tables. {@link io.trendflow.ingestion.RawIngestion} finds the
 * files of the configured sources, reads and checks every record once, and returns the contract's
 * rows with counts that add up: read = accepted + excluded + rejected.
 */
@NullMarked
package io.trendflow.ingestion;

import org.jspecify.annotations.NullMarked;
