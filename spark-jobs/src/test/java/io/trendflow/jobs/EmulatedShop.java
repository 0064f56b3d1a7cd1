package io.trendflow.jobs;

import static org.apache.spark.sql.functions.round;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.schemas.CommitView;
import io.trendflow.schemas.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A shop whose raw files are in the emulated Cloud Storage, with empty tables in the emulated
 * BigQuery.
 *
 * @param spark a session that reaches the emulators
 * @param config configuration of the shop
 * @param sets values that the jobs set
 */
record EmulatedShop(SparkSession spark, Path config, List<String> sets) {
  private static final Path PLACE = Path.of("../conf/emulators.yaml");
  private static final List<String> OF_A_RUN = List.of("run_id");

  static EmulatedShop of(Emulators emulators, SparkSession spark, SampleShop shop, String... sets)
      throws Exception {
    emulators.makeBucket("trendflow");
    org.apache.hadoop.fs.Path raw = new org.apache.hadoop.fs.Path("gs://trendflow/raw");
    FileSystem bucket = raw.getFileSystem(spark.sessionState().newHadoopConf());
    bucket.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(shop.folder().resolve("raw").toUri()), raw);
    Path config = configuration(emulators, shop);
    makeTables(config);
    return new EmulatedShop(spark, config, List.of(sets));
  }

  // The shop, in the bucket that conf/emulators.yaml names, on the ports of this test's emulators.
  private static Path configuration(Emulators emulators, SampleShop shop) throws IOException {
    String text = Files.readString(SampleShop.CONFIG).replaceAll("(?m)^(raw|store): .*$", "");
    Path config = shop.folder().resolve("shop.yaml");
    return Files.writeString(config, emulators.here(Files.readString(PLACE)) + text);
  }

  private static void makeTables(Path config) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code =
        new JobLauncher(Map.of(), out, out)
            .run(new Tables(), "create", "--config", config.toString());
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(JobLauncher.DONE);
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSize(Table.values().length + CommitView.values().length);
  }

  JobContext context() {
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(
        spark, JobConfig.load(config, Map.of(), sets), progress, Clock.systemUTC());
  }

  /** Returns the arguments of a job. */
  List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Returns rows as texts without the columns of the run; numbers have two decimals. */
  static List<String> rows(JobContext context, Table table) {
    Column[] columns =
        Arrays.stream(SparkSchemas.of(table).fields())
            .filter(field -> !OF_A_RUN.contains(field.name()))
            .map(EmulatedShop::rounded)
            .toArray(Column[]::new);
    return context.store().read(table).select(columns).collectAsList().stream()
        .map(Row::json)
        .toList();
  }

  private static Column rounded(StructField field) {
    Column column = functions.col(field.name());
    return field.dataType().equals(DataTypes.DoubleType)
        ? round(column, 2).as(field.name())
        : column;
  }
}
