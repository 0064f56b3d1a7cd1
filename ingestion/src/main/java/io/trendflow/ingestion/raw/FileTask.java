package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.SourceConfig;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * Everything that cleaning one file needs, as it travels to a Spark task.
 *
 * @param repeated whether an earlier file of the same source and pull has the same bytes
 * @param now when the ingest started: nothing observed can be later
 */
public record FileTask(
    RawFile file,
    SourceConfig source,
    Map<String, MarketConfig> markets,
    CatalogConfig catalog,
    boolean repeated,
    Instant now)
    implements Serializable {}
