package io.trendflow.ingestion;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * Everything that cleaning one file needs, as it travels to a Spark task.
 *
 * @param now when the ingest started: nothing observed can be later
 */
record FileTask(
    RawFile file,
    SourceConfig source,
    Map<String, MarketConfig> markets,
    CatalogConfig catalog,
    Instant now)
    implements Serializable {}
