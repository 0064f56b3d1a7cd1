package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;

import io.trendflow.features.FeatureRows;
import io.trendflow.model.TrendModel;
import java.util.Collection;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Encoded inputs of a run's scores, with which the service predicts a product under other plans.
 */
public final class ScoreInputs implements MoreColumns.Source {
  private static final StructType COLUMNS =
      new StructType().add("inputs", new ArrayType(DataTypes.DoubleType, false), false);

  private final ModelInputs inputs;

  private ScoreInputs(ModelInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * Returns the inputs of the scores of {@link Scorer#score}.
   *
   * @param featureRows feature rows of one cutoff with {@link FeatureRows#PLAN}
   * @param lifecycles lifecycles to score
   * @return the columns of {@code prediction.score_inputs} in order, without run_id
   * @throws IllegalArgumentException if the rows lack a feature of the model
   */
  public static Dataset<Row> of(
      Dataset<Row> featureRows, TrendModel model, Collection<String> lifecycles) {
    Dataset<Row> scored = Scorer.scored(featureRows, lifecycles);
    return MoreColumns.append(
            scored, COLUMNS, new ScoreInputs(new ModelInputs(model, scored.schema())))
        .select(
            col("cutoff").as("as_of"),
            col("market"),
            col("product_id"),
            col("inputs"),
            col(FeatureRows.PLAN + ".list_price"),
            col(FeatureRows.PLAN + ".current_price"),
            col(FeatureRows.PLAN + ".planned_events"));
  }

  @Override
  public Function<Row, @Nullable Object[]> open() {
    return row -> new Object[] {inputs.encode(row)};
  }
}
