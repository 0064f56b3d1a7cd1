package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem;
import com.google.cloud.spark.bigquery.v2.Spark35BigQueryTableProvider;
import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every job on a standalone cluster of two workers whose only shared storage is the emulated Cloud
 * Storage and BigQuery, with a fixed number of executors and with dynamic allocation, beside the
 * same on files in one JVM.
 */
@Tag("long")
class ClusterPipelineIT {
  /** Executors come one by one and go again after a second without a task. */
  private static final String DYNAMIC =
      "-Dspark.dynamicAllocation.enabled=true"
          + " -Dspark.dynamicAllocation.shuffleTracking.enabled=true"
          + " -Dspark.dynamicAllocation.minExecutors=0"
          + " -Dspark.dynamicAllocation.maxExecutors=2"
          + " -Dspark.dynamicAllocation.executorIdleTimeout=1s";

  @Test
  void theTablesAndTreesAreThoseOfOneMachine(@TempDir Path folder) throws Exception {
    SampleShop shop =
        SampleShop.generate(folder, new RetailSettings(5, 100, 365, LocalDate.parse("2026-06-30")));
    shop.keepMonths(6);
    JobContext files = shop.context(SampleShop.FEW_TREES);
    Ingest.run(files, false);
    String modelId = Train.run(files, Optional.empty(), false).modelId();
    var unused = ModelsCommand.promote(files, modelId);
    Score.run(files, Optional.empty(), false, false);

    SparkSubmit submit = SparkSubmit.installed();
    try (Emulators emulators = Emulators.start();
        StandaloneCluster cluster = StandaloneCluster.start(submit.home(), folder)) {
      SparkSession spark = emulators.told(SharedSpark.session());
      EmulatedShop emulated = EmulatedShop.of(emulators, spark, shop, SampleShop.FEW_TREES);
      SparkSubmit onCluster =
          submit.on(
              cluster.master(), Spark35BigQueryTableProvider.class, GoogleHadoopFileSystem.class);
      String trust = emulators.javaOptions();
      String executors =
          trust + " -Dspark.executor.memory=1g '-Dspark.executor.extraJavaOptions=" + trust + "'";

      run(onCluster, Ingest.class, folder, executors, emulated.arguments());
      JobContext cloud = emulated.context();
      for (Table table : List.of(Table.DAILY_SALES, Table.CATALOG, Table.SIGNALS)) {
        assertThat(cloud.store().read(table).count())
            .as("%s", table)
            .isPositive()
            .isEqualTo(files.store().read(table).count());
      }
      run(onCluster, Train.class, folder, executors + " " + DYNAMIC, emulated.arguments());
      assertThat(model(cloud, modelId).trees())
          .usingRecursiveComparison()
          .isEqualTo(model(files, modelId).trees());
      unused = ModelsCommand.promote(cloud, modelId);
      run(onCluster, Score.class, folder, executors, emulated.arguments());
      List<String> scores = EmulatedShop.rows(cloud, Table.SCORES);
      assertThat(scores)
          .hasSizeGreaterThan(100)
          .containsExactlyInAnyOrderElementsOf(EmulatedShop.rows(files, Table.SCORES));
      run(onCluster, Score.class, folder, executors + " " + DYNAMIC, emulated.arguments("--force"));
      assertThat(EmulatedShop.rows(cloud, Table.SCORES))
          .hasSize(2 * scores.size())
          .hasSameElementsAs(scores);
    }
  }

  private static void run(
      SparkSubmit submit,
      Class<? extends SparkJob> job,
      Path folder,
      String options,
      List<String> arguments)
      throws Exception {
    assertThat(submit.run(job, folder, options, arguments))
        .startsWith("{\"job\":\"" + job.getSimpleName().toLowerCase(Locale.ROOT) + "\",");
  }

  private static TrendModel model(JobContext context, String modelId) {
    return ModelStore.read(context.artifacts(), ArtifactStore.path(modelId, "model.json"));
  }
}
