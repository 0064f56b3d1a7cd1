package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.model.UnitQuantiles;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are killed between the events that they write, and trainings of two horizons. */
@ExtendWith(SharedSpark.class)
class TrainTest {
  private static final List<String> UNITS =
      Stream.concat(Stream.of("expected_units"), UnitQuantiles.columns().stream()).toList();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop shop;

  @BeforeAll
  static void ingest(@TempDir Path folder) throws IOException {
    RetailSettings settings = new RetailSettings(7, 100, 365, LocalDate.parse("2026-06-30"));
    shop = SampleShop.generate(folder, settings);
    var unused = Ingest.run(shop.context(), false);
  }

  // The shop's tables in a store of the test's own.
  private static JobContext context(Path store, String horizons) throws IOException {
    return shop.context(
        "store.path=" + FolderCopy.make(shop.store(), store),
        "horizon_days=" + horizons,
        "train.origins=[2026-05-03]",
        "train.cutoffs=3",
        "train.trees=2",
        "train.depth=2");
  }

  @Test
  void aTrainingThatWasKilledBeforeItsDecisionRepeatsNoEvent(@TempDir Path store)
      throws IOException {
    JobContext context = context(store, "28");
    Train.run(context, Optional.empty(), false);
    List<Path> decisions = decisions(store);
    assertThat(decisions).hasSize(1);
    FileUtils.deleteDirectory(decisions.get(0).toFile());

    assertThat(Train.run(context, Optional.empty(), false).alreadyDone()).isFalse();
    assertThat(decisions(store)).hasSize(1);
    assertThat(context.store().read(Table.MODELS).select("event").collectAsList())
        .extracting(row -> row.getString(0))
        .hasSize(3)
        .contains("backtested", "trained");
  }

  @Test
  void aFurtherHorizonIsPredictedAsInARunOfItAlone(@TempDir Path store) throws IOException {
    JobContext context = context(store, "[28, 56]");
    Train.Result first = Train.run(context, Optional.empty(), false);
    Train.Result further = first.furtherHorizons().get(0);
    assertThat(List.of(first.horizonDays(), further.horizonDays())).containsExactly(28, 56);
    ModelsCommand.promote(context, first.modelId());
    Score.Result without = Score.run(context, Optional.empty(), false, false);
    assertThat(without.degradedReasons())
        .containsExactly(
            "No model of 56 days was promoted by 2026-06-30, so the forecasts of 56 days are left out.");
    ModelsCommand.promote(context, further.modelId());
    Score.Result both = Score.run(context, Optional.empty(), false, false);
    assertThat(both.degradedReasons()).isEmpty();
    assertThat(both.modelId()).isEqualTo(first.modelId());

    assertThat(Score.run(context.ofHorizon(28), Optional.empty(), false, false))
        .extracting(Score.Result::runId, Score.Result::alreadyDone)
        .as("a run without further models has the id of a run of the first horizon alone")
        .containsExactly(without.runId(), true);
    assertThat(Train.run(context.ofHorizon(56), Optional.empty(), false))
        .extracting(Train.Result::modelId, Train.Result::alreadyDone)
        .containsExactly(further.modelId(), true);
    Score.Result alone = Score.run(context.ofHorizon(56), Optional.empty(), false, false);
    Map<String, Row> of28 = scores(context, without);
    Map<String, Row> of56 = scores(context, alone);
    Map<String, Row> ofBoth = scores(context, both);
    assertThat(ofBoth).hasSizeGreaterThan(100).containsOnlyKeys(of28.keySet());
    assertThat(of56).containsOnlyKeys(of28.keySet());
    int raised = 0;
    for (Row score : ofBoth.values()) {
      Row own = Objects.requireNonNull(of28.get(key(score)));
      Row expected = Objects.requireNonNull(of56.get(key(score)));
      List<Row> horizons = score.getList(score.fieldIndex("further_horizons"));
      assertThat(horizons).hasSize(1);
      assertThat(horizons.get(0).<String>getAs("model_id")).isEqualTo(further.modelId());
      assertThat(horizons.get(0).<Long>getAs("horizon_days")).isEqualTo(56);
      for (String units : UNITS) {
        double shorter = score.<Double>getAs(units);
        double longer = expected.<Double>getAs(units);
        assertThat(shorter).isCloseTo(own.<Double>getAs(units), within(1e-9));
        assertThat(horizons.get(0).<Double>getAs(units))
            .as("%s of %s", units, key(score))
            .isCloseTo(Math.max(shorter, longer), within(1e-9));
        raised += longer > shorter ? 1 : 0;
      }
    }
    assertThat(raised).as("most units of 56 days").isGreaterThan(ofBoth.size() * UNITS.size() / 2);
  }

  private static Map<String, Row> scores(JobContext context, Score.Result run) {
    return context.store().read(Table.SCORES, run.runId()).collectAsList().stream()
        .collect(Collectors.toMap(TrainTest::key, row -> row));
  }

  private static String key(Row score) {
    return score.getAs("market") + " " + score.getAs("product_id");
  }

  private static List<Path> decisions(Path store) throws IOException {
    try (Stream<Path> batches = Files.list(store.resolve(TableLayout.folder(Table.MODELS)))) {
      return batches
          .filter(batch -> batch.getFileName().toString().matches(".*-(promoted|rejected)-.*"))
          .toList();
    }
  }
}
