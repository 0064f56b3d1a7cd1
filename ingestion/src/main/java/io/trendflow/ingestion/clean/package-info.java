/**
 * Mapping and cleaning of records: each record is accepted, excluded by a filter or rejected with a
 * reason.
 */
@NullMarked
package io.trendflow.ingestion.clean;

import org.jspecify.annotations.NullMarked;
