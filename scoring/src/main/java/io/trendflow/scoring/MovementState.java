package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * State of a product by its chance to exceed the baseline. A state is left later than it is entered
 * (hysteresis), so that a product at a threshold does not change its state every week.
 */
enum MovementState {
  /** The product is likely to exceed its baseline. */
  RISER,
  /** The product is neither likely nor unlikely to exceed its baseline. */
  FLAT,
  /** The product is very likely to stay below its baseline. */
  SINKER,
  /** The interval is too wide for a statement, or the chance is unknown. */
  UNSURE;

  private static final double ENTER_RISER = 0.7;
  private static final double STAY_RISER = 0.5;

  /** Lower than a riser's mirror image, because most products stay below their mean. */
  private static final double ENTER_SINKER = 0.2;

  private static final double STAY_SINKER = 0.45;

  /** Ratio of 1 + upper_units to 1 + lower_units from which a product is unsure. */
  private static final double ENTER_RATIO = 60;

  private static final double STAY_RATIO = 10;

  /**
   * Appends the column state.
   *
   * @param scores rows with the columns market, product_id, chance, lower_units and upper_units
   * @param previous columns market, product_id and state of the previous run, unique by the first
   *     two
   */
  static Dataset<Row> append(Dataset<Row> scores, Dataset<Row> previous) {
    Dataset<Row> before =
        previous.select(col("market"), col("product_id"), col("state").as("state_before"));
    return scores
        .join(before, new String[] {"market", "product_id"}, "left")
        .withColumn("state", state(col("state_before")))
        .drop("state_before");
  }

  /** Appends the column state for rows without a previous run. */
  static Dataset<Row> append(Dataset<Row> scores) {
    return scores.withColumn("state", state(lit(null).cast("string")));
  }

  private static Column state(Column before) {
    Column chance = col("chance");
    Column ratio = log1p("upper_units").minus(log1p("lower_units"));
    Column riser = chance.geq(threshold(before, RISER, STAY_RISER, ENTER_RISER));
    Column sinker = chance.leq(threshold(before, SINKER, STAY_SINKER, ENTER_SINKER));
    Column unsure =
        ratio.geq(threshold(before, UNSURE, Math.log(STAY_RATIO), Math.log(ENTER_RATIO)));
    return when(riser, RISER.name())
        .when(sinker, SINKER.name())
        .when(chance.isNull().or(unsure), UNSURE.name())
        .otherwise(FLAT.name());
  }

  private static Column threshold(Column before, MovementState state, double stay, double enter) {
    return when(before.equalTo(lit(state.name())), stay).otherwise(enter);
  }
}
