package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Row of {@code new_product.catalog}, described by its contract: a product as the catalogue
 * described it from an instant on.
 *
 * @param market a market, or {@code all} for every market
 */
@Serdeable
@Schema(name = "CatalogEntry")
public record CatalogRecord(
    String source,
    String market,
    String productId,
    @Nullable String name,
    @Nullable String category,
    @Nullable String brand,
    @Nullable BigDecimal price,
    @Nullable String currency,
    @Nullable LocalDate launchDate,
    boolean launchCensored,
    @Nullable LocalDate discontinuedOn,
    @Nullable Boolean inStock,
    List<String> keywords,
    List<Attribute> attributes,
    boolean inferred,
    Instant availableAt,
    @Nullable BigDecimal unitCost,
    @Nullable Long leadTimeDays,
    @Nullable Long moq,
    @Nullable Long packSize,
    @Nullable String supplier,
    @Nullable Double salvageRate,
    @Nullable String imageUrl,
    @Nullable String url)
    implements ProductKeyed {
  /** Additional attribute, such as colour. */
  @Serdeable
  @Schema(name = "CatalogEntry.Attribute")
  public record Attribute(String name, String value) {}
}
