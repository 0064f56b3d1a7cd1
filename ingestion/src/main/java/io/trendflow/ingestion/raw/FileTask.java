package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.SourceConfig;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * Input of the cleaning of one file, serialized for a Spark task.
 *
 * @param repeated whether an earlier file of the same source and pull has the same bytes
 * @param now start of the ingest; an observation cannot be later
 */
public record FileTask(
    RawFile file,
    SourceConfig source,
    Map<String, MarketConfig> markets,
    CatalogConfig catalog,
    boolean repeated,
    Instant now)
    implements Serializable {}
