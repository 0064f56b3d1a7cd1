package io.trendflow.ingestion.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings that complete the catalogue.
 *
 * @param inferFromSales whether products that no catalogue lists get a row made from their sales
 * @param knownBeforeLaunch time before its launch at which a product without pull time was known;
 *     null if that time is not known
 */
public record CatalogConfig(
    boolean inferFromSales,
    @JsonDeserialize(using = DurationFormat.Deserializer.class)
        @JsonSerialize(using = DurationFormat.Serializer.class)
        @Nullable Duration knownBeforeLaunch)
    implements Serializable {

  /** The default: no product is inferred and no time is assumed. */
  public static final CatalogConfig DEFAULT = new CatalogConfig(false, null);
}
