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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trains a small shop with an ablation, and checks the report page. */
@ExtendWith(SharedSpark.class)
class TrainingReportTest {
  private static final String DATA = "<script type=\"application/json\" id=\"data\">";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop shop;

  @BeforeAll
  static void ingest(@TempDir Path folder) throws IOException {
    RetailSettings settings = new RetailSettings(7, 100, 365, LocalDate.parse("2026-06-30"));
    shop = SampleShop.generate(folder, settings);
    shop.keepMonths(6);
    var unused = Ingest.run(shop.context(), false);
  }

  // The shop's tables in a store of the test's own.
  private static JobContext context(Path store, String... sets) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "store.path=" + FolderCopy.make(shop.store(), store),
                "train.origins=[2026-05-03]",
                "train.cutoffs=3",
                "train.trees=2",
                "train.depth=2"));
    all.addAll(List.of(sets));
    return shop.context(all.toArray(String[]::new));
  }

  @Test
  void anAblationIsStoredUnderARecipeOfItsOwnAndThePageTellsBoth(@TempDir Path folder)
      throws IOException {
    JobContext context = context(folder, "train.ablation=[trend_*]", "train.trends=keep");
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
  void theTrialOfTrendsIsStoredAndDecidesOnTheModelsFeatures(@TempDir Path folder)
      throws IOException {
    JobContext context = context(folder, "train.trends=auto", "train.target=both");
    Train.Result result = Train.run(context, Optional.empty(), false);

    Dataset<Row> backtest = context.store().read(Table.BACKTEST);
    assertThat(backtest.select("recipe_id").distinct().count()).as("with and without").isEqualTo(2);
    assertThat(backtest.filter("price is null").count()).isZero();
    JsonNode data =
        data(context.artifacts().read(ArtifactStore.path(result.modelId(), "report.html")));
    JsonNode trends = data.path("backtest").path("trends");
    assertThat(trends.path("outcome").asText()).isIn("kept", "left_out");
    assertThat(trends.path("added").path("left_out").asText()).isEqualTo("trends");
    JsonNode model =
        new ObjectMapper()
            .readTree(context.artifacts().read(ArtifactStore.path(result.modelId(), "model.json")));
    assertThat(model.at("/provenance/parameters/trends")).isEqualTo(trends.path("outcome"));
    assertThat(model.at("/provenance/parameters/trends_reason")).isEqualTo(trends.path("reason"));
    JsonNode ensemble = data.path("backtest").path("ensemble");
    assertThat(ensemble.path("outcome").asText()).as("one origin").isEqualTo("untried");
    assertThat(model.at("/provenance/parameters/ensemble")).isEqualTo(ensemble.path("outcome"));
    assertThat(model.at("/provenance/parameters/ensemble_reason"))
        .isEqualTo(ensemble.path("reason"));
    List<String> inputs = model.path("features").findValuesAsText("name");
    assertThat(inputs.stream().anyMatch(name -> name.startsWith("trend_")))
        .isEqualTo(trends.path("outcome").asText().equals("kept"));
    for (Row event : context.store().read(Table.MODELS).collectAsList()) {
      assertThat(event.<Row>getList(event.fieldIndex("parameters")))
          .as(event.<String>getAs("event"))
          .anySatisfy(
              parameter -> {
                assertThat(parameter.getString(0)).isEqualTo("trends");
                assertThat(parameter.getString(1)).isEqualTo(trends.path("outcome").asText());
              });
      assertThat(event.<String>getAs("recipe_id")).isEqualTo(data.path("recipe_id").asText());
      assertThat(event.<String>getAs("model_id")).isEqualTo(result.modelId());
      assertThat(event.<String>getList(event.fieldIndex("features"))).isEqualTo(inputs);
    }
    Train.Result again = Train.run(context, Optional.empty(), false);
    assertThat(again.alreadyDone()).isTrue();
    assertThat(again.modelId()).isEqualTo(result.modelId());
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
            List.of(),
            null,
            null);
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
