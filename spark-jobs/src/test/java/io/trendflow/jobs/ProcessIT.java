package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.command.ProofJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a job and the launcher as a user does: in processes of their own, with exit codes and both
 * streams.
 */
class ProcessIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path LAUNCHER = Path.of("../bin/trendflow").toAbsolutePath().normalize();

  private Path folder;
  private Path config;

  record Ended(int code, List<String> out, List<String> err) {}

  @BeforeEach
  void config(@TempDir Path folder) throws IOException {
    this.folder = folder;
    config = folder.resolve("conf.yaml");
    Files.writeString(
        config, "raw: {path: data/raw}\nstore: {path: " + folder.resolve("store") + "}\n");
  }

  @Test
  void aJobThatSucceedsWritesOneLineOfJsonAndNoNoise() throws Exception {
    Ended ended = job("-Xmx1g", "--config", config.toString());
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .singleElement()
        .asString()
        .startsWith("{\"job\":\"proof\",\"seconds\":");
    assertThat(ended.err()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    assertThat(ended.err().get(ended.err().size() - 1)).startsWith("[proof 2/2] committed ");
  }

  @Test
  void aJobThatFailsInATaskSaysOneSentence() throws Exception {
    Ended ended = job("-Xmx1g", "--config", config.toString(), "--fail", "task");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).endsWith("line 7 has no date.").noneMatch(l -> l.contains("\tat "));
    assertThat(ended.err()).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void aJobThatRunsOutOfMemorySaysSo() throws Exception {
    Ended ended = job("-Xmx600m", "--config", config.toString(), "--fail", "memory");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().get(ended.err().size() - 1))
        .startsWith("Java ran out of memory with a heap of 600 MiB: set TRENDFLOW_HEAP");
  }

  @Test
  void aWrongCallEndsWithTwo() throws Exception {
    Ended ended = job("-Xmx1g", "--config", "nowhere.yaml");
    assertThat(ended)
        .isEqualTo(new Ended(2, List.of(), List.of("Configuration nowhere.yaml does not exist.")));
  }

  @Test
  void theLauncherListsItsCommands() throws Exception {
    Ended ended = start(Map.of(), LAUNCHER.toString());
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).anyMatch(line -> line.startsWith("  ingest "));
    assertThat(start(Map.of(), LAUNCHER.toString(), "injest"))
        .isEqualTo(
            new Ended(
                2,
                List.of(),
                List.of(
                    "there is no command \"injest\": did you mean ingest? bin/trendflow lists them.")));
  }

  @Test
  void theLauncherSaysWhatIsMissing() throws Exception {
    assertThat(launcherSays(Map.of("TRENDFLOW_HEAP", "9000g")))
        .startsWith("trendflow: a job needs 9000g of memory, but only ");
    assertThat(launcherSays(Map.of("TRENDFLOW_HEAP", "much")))
        .isEqualTo(
            "trendflow: TRENDFLOW_HEAP is \"much\", but must be a size such as 3g or 1500m.");
    assertThat(launcherSays(Map.of("JAVA_HOME", "/nowhere")))
        .isEqualTo("trendflow: no Java was found: install a JDK 17 or set JAVA_HOME to one.");
    Path old = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    assertThat(launcherSays(Map.of("JAVA_HOME", folder.resolve("jdk").toString())))
        .startsWith("trendflow: Java 17 is needed, but ")
        .endsWith(" is 11.0.2: set JAVA_HOME to a JDK 17.");
    Path elsewhere = Files.createDirectories(folder.resolve("bin")).resolve("trendflow");
    Files.copy(LAUNCHER, elsewhere);
    assertThat(start(Map.of(), "bash", elsewhere.toString(), "ingest").err())
        .containsExactly(
            "trendflow: spark-jobs/target/trendflow-jobs.jar is not there: run make build.");
  }

  @Test
  void theLauncherUsesOnlyAWholeArchiveThatIsYoungerThanTheJar() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        [ "$1" != -version ] || { echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit; }
        echo "$@"
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path elsewhere = Files.createDirectories(folder.resolve("bin")).resolve("trendflow");
    Files.copy(LAUNCHER, elsewhere);
    Path target = Files.createDirectories(folder.resolve("spark-jobs/target"));
    Files.writeString(target.resolve("spark-classpath.txt"), "spark.jar\n");
    Files.writeString(target.resolve("spark-jvm-options.txt"), "-Dspark=yes\n");
    Path jar = Files.writeString(target.resolve("trendflow-jobs.jar"), "");
    Path archive = target.resolve("trendflow-jobs.jsa");
    String[] command = {"bash", elsewhere.toString(), "runs", "list"};
    Map<String, String> env = Map.of("JAVA_HOME", folder.resolve("jdk").toString());
    assertThat(start(env, command).out().get(0))
        .endsWith("io.trendflow.jobs.TrendflowCommand runs list")
        .doesNotContain("SharedArchiveFile");

    Files.writeString(archive, "12345");
    Files.writeString(target.resolve("trendflow-jobs.jsa.size"), "5\n");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
    assertThat(start(env, command).out().get(0)).contains("-XX:SharedArchiveFile=" + archive);

    Files.writeString(archive, "1234");
    assertThat(start(env, command).out().get(0)).doesNotContain("SharedArchiveFile");

    Files.writeString(archive, "12345");
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    assertThat(start(env, command).out().get(0)).doesNotContain("SharedArchiveFile");
  }

  @Test
  void aJarThatChangedMakesANewArchive() throws Exception {
    Path jar = Files.writeString(folder.resolve("jobs.jar"), "");
    Path archive = Files.writeString(folder.resolve("jobs.jsa"), "");
    // The jar is up to date for make if it has no sources.
    String[] command = {
      "make",
      "--directory=..",
      "--dry-run",
      "SOURCES=",
      "JOBS_JAR=" + jar,
      "JOBS_ARCHIVE=" + archive,
      archive.toString()
    };
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
    assertThat(start(Map.of(), command).out()).noneMatch(line -> line.contains("jobs-archive"));

    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    assertThat(start(Map.of(), command).out()).contains("bin/jobs-archive");
  }

  private String launcherSays(Map<String, String> env) throws Exception {
    Ended ended = start(env, LAUNCHER.toString(), "ingest");
    assertThat(ended.code()).isNotZero();
    assertThat(ended.err()).hasSize(1);
    return ended.err().get(0);
  }

  // The command that the launcher builds, with the test's job.
  private Ended job(String heap, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    command.add("-XX:TieredStopAtLevel=1"); // ends before the second compiler pays
    command.add("-Dlog4j2.configurationFile=" + TARGET.resolve("log4j2.properties"));
    String options = Files.readString(TARGET.resolve("spark-jvm-options.txt"));
    command.addAll(Arrays.asList(options.strip().split(" ")));
    command.add("-cp");
    command.add(
        TARGET.resolve("trendflow-jobs.jar")
            + ":"
            + TARGET.resolve("test-classes")
            + ":"
            + Files.readString(TARGET.resolve("spark-classpath.txt")).strip());
    command.add(ProofJob.class.getName());
    command.addAll(List.of(args));
    return start(Map.of(), command.toArray(String[]::new));
  }

  private Ended start(Map<String, String> env, String... command) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(env);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }
}
