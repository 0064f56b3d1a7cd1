package io.trendflow.ingestion.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the catalogue is completed.
 *
 * @param inferFromSales whether products that no catalogue lists get a row made from their sales
 * @param knownBeforeLaunch how long before its launch a product without pull time was known; null
 *     when that is not known either
 */
public record CatalogConfig(
    boolean inferFromSales,
    @JsonDeserialize(using = DurationFormat.Deserializer.class)
        @JsonSerialize(using = DurationFormat.Serializer.class)
        @Nullable Duration knownBeforeLaunch)
    implements Serializable {

  /** Nothing inferred, nothing assumed. */
  public static final CatalogConfig DEFAULT = new CatalogConfig(false, null);
}
