package io.trendflow.scoring;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Expected units of each week of the horizon, which add up to the expected units. Units that
 * planned promotions add are in the weeks of the promotions, in proportion to their days. All
 * others follow the column week_shares of the feature rows.
 */
final class WeeklyPath {
  /** Column of what the features of the calendar contribute, on the scale of log(1 + units). */
  static final String PLANNED = "planned_contribution";

  private WeeklyPath() {}

  /**
   * Appends the column weekly_units.
   *
   * @param scores rows with {@link #PLANNED}, expected_units, week_shares and promoted_week_shares,
   *     which is null without promotions
   */
  static Dataset<Row> append(Dataset<Row> scores) {
    Column promoted = col("promoted_week_shares");
    Column added = lit(1).minus(exp(negate(greatest(col(PLANNED), lit(0)))));
    Column expected = col("expected_units");
    Column promotedUnits = when(promoted.isNull(), 0.0).otherwise(expected.multiply(added));
    return scores.withColumn(
        "weekly_units",
        zip_with(
            col("week_shares"),
            coalesce(promoted, col("week_shares")),
            (share, promotedShare) ->
                share
                    .multiply(expected.minus(promotedUnits))
                    .plus(promotedShare.multiply(promotedUnits))));
  }
}
