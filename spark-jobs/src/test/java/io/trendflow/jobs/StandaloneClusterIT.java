package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a standalone cluster of two workers, by spark-submit and the shipped jar. */
class StandaloneClusterIT {
  private static final String[] SETS =
      Stream.concat(Stream.of("train.kind=xgboost"), Stream.of(SampleShop.FEW_TREES))
          .toArray(String[]::new);

  /** A model is the same wherever its examples are, and XGBoost's workers start on executors. */
  @Test
  void xgboostsTreesAreThoseOfOneMachine(@TempDir Path folder) throws Exception {
    SampleShop shop =
        SampleShop.generate(folder, new RetailSettings(5, 100, 365, LocalDate.parse("2026-06-30")));
    shop.keepMonths(6);
    JobContext local = shop.context(SETS);
    Ingest.run(local, false);
    Path copy = FolderCopy.make(shop.store(), folder.resolve("store-of-the-cluster"));
    String modelId = Train.run(local, Optional.empty(), false).modelId();

    List<String> arguments = new ArrayList<>(List.of("--config", SampleShop.CONFIG.toString()));
    shop.sets(SETS).forEach(set -> arguments.addAll(List.of("--set", set)));
    arguments.addAll(List.of("--set", "store.path=" + copy));
    SparkSubmit submit = SparkSubmit.installed();
    try (StandaloneCluster cluster = StandaloneCluster.start(submit.home(), folder)) {
      String said =
          submit
              .on(cluster.master(), XGBoostRegressor.class)
              .run(Train.class, folder, "-Dspark.executor.memory=1g", arguments);
      assertThat(said).startsWith("{\"job\":\"train\",").contains(modelId);
    }
    JobContext onCluster = shop.context("store.path=" + copy);
    assertThat(model(onCluster, modelId).trees())
        .usingRecursiveComparison()
        .isEqualTo(model(local, modelId).trees());
    assertThat(onCluster.store().read(Table.BACKTEST).count())
        .isPositive()
        .isEqualTo(local.store().read(Table.BACKTEST).count());
  }

  private static TrendModel model(JobContext context, String modelId) {
    return ModelStore.read(context.artifacts(), ArtifactStore.path(modelId, "model.json"));
  }
}
