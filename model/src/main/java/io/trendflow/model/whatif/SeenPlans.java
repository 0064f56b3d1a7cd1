package io.trendflow.model.whatif;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * Plans that the training examples have. A forecast under any other plan would be a guess.
 *
 * @param pricesVary whether prices vary enough without promotions for what-ifs on the price
 * @param promotedDays most days of a horizon with a promotion
 * @param promotionDepth largest mean depth of the promotions over a horizon's days
 * @param price changes of the price without a promotion; null if all examples have one
 * @param promotedPrice changes of the price with a promotion; null if no example has one
 */
public record SeenPlans(
    @JsonProperty(required = true) boolean pricesVary,
    @JsonProperty(required = true) int promotedDays,
    @JsonProperty(required = true) double promotionDepth,
    @Nullable PriceRange price,
    @Nullable PriceRange promotedPrice) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /**
   * Range of log(planned price / current price), from the 1 % to the 99 % quantile of the examples.
   */
  public record PriceRange(
      @JsonProperty(required = true) double lowest, @JsonProperty(required = true) double highest) {
    private static final double ROUNDING = 1e-9;

    /** Returns whether the range has a change, up to rounding. */
    public boolean has(double change) {
      return change >= lowest - ROUNDING && change <= highest + ROUNDING;
    }

    /** Returns the least range that has this one and a change. */
    public PriceRange including(double change) {
      return new PriceRange(Math.min(lowest, change), Math.max(highest, change));
    }
  }

  /** Returns the range of prices of plans with or without a promotion; null if none was seen. */
  public @Nullable PriceRange prices(boolean promoted) {
    return promoted ? promotedPrice : price;
  }

  /** Returns the plans as a text that {@link #parse} reads. */
  String text() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static SeenPlans parse(String text) {
    try {
      return MAPPER.readValue(text, SeenPlans.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "what_if_seen of the model cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
