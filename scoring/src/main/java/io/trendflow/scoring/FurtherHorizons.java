package io.trendflow.scoring;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.trendflow.model.TrendModel;
import io.trendflow.model.UnitQuantiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Predictions over horizons that are longer than that of the scores, beside the scores. */
public final class FurtherHorizons {
  private static final String COLUMN = "further_horizons";

  /** Columns of units, none of which is lower over a longer horizon. */
  private static final List<String> UNITS =
      Stream.concat(Stream.of("expected_units"), UnitQuantiles.columns().stream()).toList();

  private FurtherHorizons() {}

  /**
   * Predicts products over the horizon of a model, as a run of this horizon alone does.
   *
   * @param featureRows feature rows of one cutoff for the model's horizon
   * @param lifecycles lifecycles to predict
   * @return columns market, product_id, and those of the elements of further_horizons in {@code
   *     prediction.scores}
   */
  public static Dataset<Row> predict(
      Dataset<Row> featureRows, TrendModel model, Collection<String> lifecycles) {
    return Scorer.expected(featureRows, model, lifecycles)
        .withColumn("horizon_days", lit((long) model.horizonDays()))
        .withColumn("model_id", lit(model.modelId()))
        .select(
            Stream.of(
                    Stream.of("market", "product_id", "horizon_days"),
                    UNITS.stream(),
                    Stream.of("model_id"))
                .flatMap(names -> names)
                .map(name -> col(name))
                .toArray(Column[]::new));
  }

  /**
   * Fills the column further_horizons of scores. The units of a longer period include those of a
   * shorter one, so that each of the units is at least that of the horizon before.
   *
   * @param scores columns of {@code prediction.scores}
   * @param predictions results of {@link #predict}, the shortest horizon first
   */
  public static Dataset<Row> append(Dataset<Row> scores, List<Dataset<Row>> predictions) {
    Dataset<Row> joined = scores;
    List<Column> elements = new ArrayList<>();
    List<Column> shorter = UNITS.stream().map(name -> col(name)).toList();
    for (Dataset<Row> prediction : predictions) {
      String name = "horizon_" + elements.size();
      Column own = col(name);
      List<Column> units = new ArrayList<>();
      for (int i = 0; i < UNITS.size(); i++) {
        units.add(greatest(own.getField(UNITS.get(i)), shorter.get(i)));
      }
      elements.add(element(own, units));
      shorter = units;
      joined =
          joined.join(
              prediction.select(col("market"), col("product_id"), struct(col("*")).as(name)),
              new String[] {"market", "product_id"},
              "left");
    }
    return joined
        .withColumn(COLUMN, array(elements.toArray(Column[]::new)))
        .select(Stream.of(scores.columns()).map(name -> col(name)).toArray(Column[]::new));
  }

  /** Returns the column without further horizons. */
  static Column none() {
    StructType element = new StructType().add("horizon_days", DataTypes.LongType, false);
    for (String name : UNITS) {
      element = element.add(name, DataTypes.DoubleType, false);
    }
    return array()
        .cast(new ArrayType(element.add("model_id", DataTypes.StringType, false), false))
        .as(COLUMN);
  }

  private static Column element(Column own, List<Column> units) {
    List<Column> fields = new ArrayList<>(List.of(own.getField("horizon_days")));
    for (int i = 0; i < UNITS.size(); i++) {
      fields.add(units.get(i).as(UNITS.get(i)));
    }
    fields.add(own.getField("model_id"));
    return struct(fields.toArray(Column[]::new));
  }
}
