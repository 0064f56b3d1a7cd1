package io.trendflow.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class FailureMessageTest {
  private static final String SENTENCE = "orders.csv has no column Quantity.";

  @Test
  void aSentenceOfOursIsSaidAsItIs() {
    Throwable cause = new NumberFormatException("For input string: \"x\"");
    assertThat(FailureMessage.sentence(new IllegalArgumentException(SENTENCE, cause)))
        .isEqualTo(SENTENCE);
    assertThat(FailureMessage.sentence(new ExecutionException(new IllegalStateException(SENTENCE))))
        .isEqualTo(SENTENCE);
    assertThat(FailureMessage.sentence(new UncheckedIOException(SENTENCE, new IOException("disk"))))
        .isEqualTo(SENTENCE);
    assertThat(FailureMessage.sentence(new UncheckedIOException(new IOException(SENTENCE))))
        .isEqualTo(SENTENCE);
  }

  @Test
  void aTasksRefusalIsSaidWithoutSparksWrapping(SparkSession spark) {
    MapFunction<Long, Long> refuse =
        x -> {
          throw new IllegalArgumentException(SENTENCE);
        };
    Throwable failure =
        catchThrowable(() -> spark.range(1).map(refuse, Encoders.LONG()).collectAsList());
    assertThat(failure).isInstanceOf(SparkException.class);
    assertThat(FailureMessage.sentence(failure)).isEqualTo(SENTENCE);
  }

  @Test
  void aRefusalInAFunctionOfAWriteIsSaidWithoutSparksWrapping(
      SparkSession spark, @TempDir Path folder) {
    UDF1<Long, Long> refuse =
        x -> {
          throw new IllegalArgumentException(SENTENCE);
        };
    Throwable failure =
        catchThrowable(
            () ->
                spark
                    .range(1)
                    .select(functions.udf(refuse, DataTypes.LongType).apply(functions.col("id")))
                    .write()
                    .parquet(folder.resolve("x").toString()));
    assertThat(FailureMessage.sentence(failure)).isEqualTo(SENTENCE);
  }

  @Test
  void aTasksFailureThatSparkGivesOnlyAsTextIsFoundInIt() {
    String text =
        "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure:"
            + " Lost task 0.3 in stage 1.0 (TID 7) (10.0.0.5 executor 2):"
            + " java.lang.IllegalArgumentException: "
            + SENTENCE
            + "\n\tat io.trendflow.X.y(X.java:1)";
    assertThat(FailureMessage.sentence(new SparkException(text))).isEqualTo(SENTENCE);
  }

  @Test
  void missingAndForbiddenFilesAreNamed(SparkSession spark, @TempDir Path folder) {
    assertThat(FailureMessage.sentence(new UncheckedIOException(new NoSuchFileException("/raw/x"))))
        .isEqualTo("/raw/x does not exist.");
    assertThat(
            FailureMessage.sentence(new UncheckedIOException(new AccessDeniedException("/raw/x"))))
        .isEqualTo("/raw/x may not be read or written by this user.");
    Throwable missing = catchThrowable(() -> spark.read().csv(folder + "/nowhere"));
    assertThat(FailureMessage.sentence(missing))
        .isEqualTo("Path does not exist: file:" + folder + "/nowhere.");
  }

  @Test
  void tooLittleMemoryIsSaidWithTheFix() {
    assertThat(
            FailureMessage.sentence(
                new SparkException("Job aborted", new OutOfMemoryError("Java heap space"))))
        .startsWith("Java ran out of memory with a heap of ")
        .contains("TRENDFLOW_HEAP", "--driver-memory");
  }

  @Test
  void aMistakeInTheCodeIsToldWithoutNamesOfClasses() {
    assertThat(FailureMessage.sentence(new NullPointerException("x is null\nmore")))
        .isEqualTo(
            "The command failed for a reason that it does not know (x is null); --verbose shows"
                + " where.");
    assertThat(FailureMessage.sentence(new IllegalStateException()))
        .isEqualTo("The command failed for a reason that it does not know; --verbose shows where.");
  }
}
