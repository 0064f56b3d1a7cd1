package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.schemas.Table;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.ChampionChallenge;
import io.trendflow.training.measure.PromotionDecision;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides whether a model is promoted: compares it with the baselines, then with the champion. */
final class PromotionRule {
  private PromotionRule() {}

  /**
   * Decides by a backtest.
   *
   * @param asOf day of the model's training; the champion is the model that scores this day now
   * @param report the backtest's report
   * @param recipeIds ids of the recipe, of which a champion is refitted
   * @param rows the backtest's rows, as in {@code prediction.backtest}
   */
  static PromotionDecision decide(
      JobContext context,
      LocalDate asOf,
      Set<String> recipeIds,
      BacktestReport report,
      Dataset<Row> rows) {
    PromotionDecision overBaselines = PromotionDecision.decide(report, rows);
    Optional<Row> champion = PromotedModels.of(context).at(asOf);
    if (!overBaselines.promoted() || champion.isEmpty()) {
      return overBaselines;
    }
    return recipeIds.contains(champion.get().<String>getAs("recipe_id"))
        ? ChampionChallenge.ofRefit(report, ModelEvent.metrics(champion.get()))
        : ChampionChallenge.ofRecipe(rows, backtest(context, champion.get()));
  }

  private static Dataset<Row> backtest(JobContext context, Row event) {
    return context
        .store()
        .read(Table.BACKTEST, event.<String>getAs("backtest_id"))
        .filter(col("recipe_id").equalTo(event.<String>getAs("recipe_id")));
  }
}
