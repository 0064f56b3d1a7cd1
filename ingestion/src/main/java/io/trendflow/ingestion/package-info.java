/**
 * Raw exports to clean tables. {@link io.trendflow.ingestion.RawIngestion} finds the files of the
 * configured sources, reads and checks every record once, and gives the contract's rows together
 * with counts that add up: read = accepted + excluded + rejected.
 */
@NullMarked
package io.trendflow.ingestion;

import org.jspecify.annotations.NullMarked;
