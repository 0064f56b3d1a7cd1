package io.trendflow.jobs;

import static org.apache.spark.sql.functions.countDistinct;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.backtest.BacktestFigures;
import io.trendflow.training.measure.UpliftCurve;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trains a small shop with an ablation, and checks the report page. */
@ExtendWith(SharedSpark.class)
class TrainingReportTest {
  private static final String DATA = "<script type=\"application/json\" id=\"data\">";

  @Test
  void anAblationIsStoredUnderARecipeOfItsOwnAndThePageTellsBoth(@TempDir Path folder)
      throws IOException {
    RetailSettings settings = new RetailSettings(7, 100, 365, LocalDate.parse("2026-06-30"));
    JobContext context =
        SampleShop.generate(folder, settings)
            .context(
                "train.ablation=[trend_*]",
                "train.origins=[2026-05-03]",
                "train.cutoffs=3",
                "train.trees=2",
                "train.depth=2");
    Ingest.run(context, false);
    Train.Result result = Train.run(context, Optional.empty(), false);

    Dataset<Row> backtest = context.store().read(Table.BACKTEST);
    List<Row> recipes = backtest.groupBy("recipe_id").count().collectAsList();
    assertThat(recipes).hasSize(2);
    assertThat(recipes.get(0).getLong(1)).isPositive().isEqualTo(recipes.get(1).getLong(1));
    assertThat(
            backtest
                .groupBy("cutoff", "market", "product_id")
                .agg(countDistinct("raw_prediction").as("n"))
                .filter("n = 2")
                .count())
        .as("without the trends the same products are predicted otherwise")
        .isPositive();

    String page = context.artifacts().read(ArtifactStore.path(result.modelId(), "report.html"));
    JsonNode data = data(page);
    assertThat(data.path("model_id").asText()).isEqualTo(result.modelId());
    assertThat(data.path("reason").asText()).isEqualTo(result.reason());
    JsonNode ablation = data.path("backtest").path("ablations").path(0);
    assertThat(ablation.path("left_out").asText()).isEqualTo("trend_*");
    assertThat(List.of(data.path("recipe_id").asText(), ablation.path("recipe_id").asText()))
        .containsExactlyInAnyOrder(recipes.get(0).getString(0), recipes.get(1).getString(0));
    assertThat(data.path("backtest").path("sample").size()).isEqualTo(recipes.get(0).getLong(1));
    Row model = context.store().read(Table.MODELS).filter("event = 'backtested'").first();
    assertThat(model.<String>getAs("recipe_id")).isEqualTo(data.path("recipe_id").asText());
  }

  @Test
  void nothingInTheDataEndsThePageAndNothingIsLoaded() throws IOException {
    String hostile = "</script><script>alert(1)</script><!-- {/* data */}";
    BacktestFigures none =
        new BacktestFigures(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new UpliftCurve(List.of(), List.of()),
            List.of());
    String page =
        new TrainingReport(
                "m1",
                "r1",
                LocalDate.parse("2026-06-30"),
                28,
                false,
                hostile,
                List.of(),
                List.of(),
                0,
                Map.of(),
                "0.1.0",
                List.of(),
                none)
            .html();
    assertThat(data(page).path("reason").asText()).isEqualTo(hostile);
    assertThat(page).containsOnlyOnce("Chart.js v");
    assertThat(page.split("<script", -1)).as("the page's three scripts").hasSize(4);
    assertThat(page).doesNotContain(" src=").doesNotContain(" href=").doesNotContain("@import");
  }

  private static JsonNode data(String page) throws IOException {
    int start = page.indexOf(DATA) + DATA.length();
    return new ObjectMapper().readTree(page.substring(start, page.indexOf("</script>", start)));
  }
}
