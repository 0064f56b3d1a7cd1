package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem;
import com.google.cloud.spark.bigquery.v2.Spark35BigQueryTableProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the shipped jar on PySpark from PyPI, with libraries named by {@code --jars}, as Dataproc
 * does.
 *
 * @param home SPARK_HOME
 * @param master Spark master
 * @param libraries classes whose jars are named
 */
record SparkSubmit(Path home, String master, List<Class<?>> libraries) {
  private static final Path JAR = Path.of("target/trendflow-jobs.jar").toAbsolutePath();
  private static final long MINUTES = 15;

  // For a handful of rows: compiling code would take longer than processing them.
  static final String QUICK =
      "-XX:TieredStopAtLevel=1 -Dspark.log.level=WARN -Dspark.sql.shuffle.partitions=2"
          + " -Dspark.sql.codegen.wholeStage=false -Dspark.sql.codegen.factoryMode=NO_CODEGEN";

  static SparkSubmit installed() throws Exception {
    Process process = new ProcessBuilder("../bin/require-spark").start();
    String home = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("bin/require-spark: %s", said).isZero();
    return new SparkSubmit(
        Path.of(home.strip()),
        "local[2]",
        List.of(Spark35BigQueryTableProvider.class, GoogleHadoopFileSystem.class));
  }

  /** Returns the same on another master, with the jars of other libraries. */
  SparkSubmit on(String cluster, Class<?>... others) {
    return new SparkSubmit(home, cluster, List.of(others));
  }

  /**
   * Runs a job and requires it to succeed.
   *
   * @param driverOptions options of the driver's JVM
   * @return the last line of its standard output
   */
  String run(Class<?> job, Path folder, String driverOptions, List<String> arguments)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/spark-submit").toString());
    command.addAll(List.of("--master", master, "--driver-memory", "1g"));
    command.addAll(List.of("--driver-java-options", QUICK + " " + driverOptions));
    command.addAll(List.of("--jars", jars()));
    command.addAll(List.of("--class", job.getName(), JAR.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(Map.of("SPARK_HOME", home.toString(), "NO_GCE_CHECK", "true"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(Files.readString(err)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    List<String> lines = Files.readAllLines(out);
    return lines.get(lines.size() - 1);
  }

  private String jars() throws IOException, URISyntaxException {
    List<String> jars = new ArrayList<>();
    for (Class<?> of : libraries) {
      jars.add(Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(",", jars);
  }
}
