package io.trendflow.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class SmallQueriesTest {
  @Test
  void upToHalfAMillionRowsNothingIsCompiledAndABatchIsOneFile(SparkSession shared) {
    SparkSession spark = session(shared, new SparkConf(false));
    SmallQueries.set(spark, 500_000);
    assertThat(spark.conf().get("spark.sql.adaptive.enabled")).isEqualTo("false");
    assertThat(spark.conf().get("spark.sql.codegen.wholeStage")).isEqualTo("false");
    assertThat(partitions(spark)).isEqualTo(1);
    SmallQueries.set(spark, 500_001);
    assertThat(spark.conf().get("spark.sql.adaptive.enabled")).isEqualTo("true");
    assertThat(spark.conf().get("spark.sql.codegen.wholeStage")).isEqualTo("true");
    assertThat(SmallQueries.areSmall(spark)).isFalse();
  }

  @Test
  void theNextJobOfASessionBeginsWithoutIt(SparkSession shared) {
    SparkSession spark = session(shared, new SparkConf(false));
    SmallQueries.set(spark, 1);
    SmallQueries.end(spark);
    assertThat(SmallQueries.areSmall(spark)).isFalse();
    assertThat(spark.conf().get("spark.sql.adaptive.enabled")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.sql.adaptive.enabled",
        "spark.sql.codegen.wholeStage",
        "spark.sql.codegen.factoryMode"
      })
  void aSettingOfTheUserStays(String setting, SparkSession shared) {
    SparkSession spark = session(shared, new SparkConf(false).set(setting, "true"));
    String before = spark.conf().get("spark.sql.codegen.wholeStage");
    SmallQueries.set(spark, 1);
    assertThat(SmallQueries.areSmall(spark)).isFalse();
    assertThat(spark.conf().get("spark.sql.codegen.wholeStage")).isEqualTo(before);
  }

  private static int partitions(SparkSession spark) {
    return BatchPartitions.of(spark.range(0, 100, 1, 5).toDF()).toJavaRDD().getNumPartitions();
  }

  /** Returns a session with the note of {@link SmallQueries#configure}. */
  private static SparkSession session(SparkSession shared, SparkConf conf) {
    SmallQueries.configure(conf);
    SparkSession spark = shared.newSession();
    spark
        .conf()
        .set(
            "spark.trendflow.smallQueriesAllowed", conf.get("spark.trendflow.smallQueriesAllowed"));
    return spark;
  }
}
