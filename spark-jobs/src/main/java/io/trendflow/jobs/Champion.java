package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the model that scores a day. */
final class Champion {
  private Champion() {}

  /**
   * The promoted model of the horizon that was trained on the latest day up to {@code asOf}, and of
   * those the one promoted last.
   *
   * @param hindsight whether a model that was trained on later days may score, if no other can
   */
  static Optional<TrendModel> at(JobContext context, LocalDate asOf, boolean hindsight) {
    Dataset<Row> promoted =
        context
            .store()
            .read(Table.MODELS)
            .filter(col("event").equalTo("promoted"))
            .filter(col("horizon_days").equalTo(context.config().horizonDays()));
    Dataset<Row> ofItsTime =
        promoted
            .filter(col("as_of").leq(asOf))
            .orderBy(col("as_of").desc(), col("changed_at").desc());
    Dataset<Row> later = promoted.orderBy(col("as_of"), col("changed_at").desc());
    return first(context, ofItsTime).or(() -> hindsight ? first(context, later) : Optional.empty());
  }

  private static Optional<TrendModel> first(JobContext context, Dataset<Row> events) {
    return events.takeAsList(1).stream()
        .map(event -> Models.read(context.artifacts(), event.getAs("artifact")))
        .findFirst();
  }
}
