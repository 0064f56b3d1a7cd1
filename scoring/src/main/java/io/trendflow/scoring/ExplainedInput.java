package io.trendflow.scoring;

import io.trendflow.model.InputFeature;
import io.trendflow.schemas.FeatureFamily;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Input of a row and what it contributes to the row's uplift.
 *
 * @param family family in this row
 * @param value number in the feature's natural unit; null for a category and if missing
 * @param category text; null for a number and if missing
 * @param source source of the trend series that moves the input most; null if it is not a trend
 * @param keyword keyword of that series
 */
record ExplainedInput(
    InputFeature feature,
    FeatureFamily family,
    @Nullable Double value,
    @Nullable String category,
    @Nullable String source,
    @Nullable String keyword,
    double contribution) {
  static final StructType SCHEMA =
      new StructType()
          .add("feature", DataTypes.StringType, false)
          .add("family", DataTypes.StringType, true)
          .add("value", DataTypes.DoubleType, true)
          .add("category", DataTypes.StringType, true)
          .add("unit", DataTypes.StringType, true)
          .add("source", DataTypes.StringType, true)
          .add("keyword", DataTypes.StringType, true)
          .add("contribution", DataTypes.DoubleType, false)
          .add("effect", DataTypes.DoubleType, false);

  /** Units in which people count; a sine or a concentration is not evidence for anybody. */
  private static final Set<String> UNITS =
      Set.of("units", "orders", "customers", "launches", "days", "weeks", "currency", "%");

  /** Largest effect in % that a small change may have, to be believed. */
  private static final double LARGE_EFFECT = 25;

  /** Change in % below which a change is small. */
  private static final double SMALL_CHANGE = 10;

  /**
   * Change in % below which a trend is not evidence. On the generated shop, 95 % of the larger
   * rises were planted ones, but a seventh of the smaller.
   */
  private static final double FAINT_TREND = 20;

  /** Returns the change of 1 + units by a contribution, in %. */
  static double effect(double contribution) {
    return 100 * Math.expm1(contribution);
  }

  /**
   * Returns whether a person would believe the input as a reason. A small change does not have a
   * large effect, a trend changes clearly and does not lower sales by rising, and a number is in a
   * unit that people use.
   */
  boolean credible() {
    String unit = feature.naturalUnit().name();
    if (value != null && !UNITS.contains(String.valueOf(unit))) {
      return false;
    }
    if (value == null || !"%".equals(unit)) {
      return true;
    }
    boolean trend = family.isTrend();
    boolean against = trend && value * contribution <= 0;
    boolean faint = trend && Math.abs(value) < FAINT_TREND;
    boolean outsized =
        Math.abs(value) < SMALL_CHANGE && Math.abs(effect(contribution)) > LARGE_EFFECT;
    return !against && !faint && !outsized;
  }

  Row toRow() {
    return RowFactory.create(
        feature.name(),
        family.label(),
        value,
        category,
        feature.naturalUnit().name(),
        source,
        keyword,
        contribution,
        effect(contribution));
  }
}
