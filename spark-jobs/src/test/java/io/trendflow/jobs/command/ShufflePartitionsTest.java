package io.trendflow.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ShufflePartitionsTest {
  @Test
  void theNumberFollowsTheRowsBetweenTheLimits() {
    assertThat(ShufflePartitions.of(0)).isEqualTo(8);
    assertThat(ShufflePartitions.of(5_500_000)).isEqualTo(11);
    assertThat(ShufflePartitions.of(10_000_000_000L)).isEqualTo(4_000);
    assertThat(ShufflePartitions.ofDay(0)).isEqualTo(2);
    assertThat(ShufflePartitions.ofDay(350_000)).isEqualTo(3);
    assertThat(ShufflePartitions.ofDay(900_000)).isEqualTo(8);
    assertThat(ShufflePartitions.ofDay(5_500_000)).isEqualTo(11);
  }

  @Test
  void aNumberOfTheUserStays() {
    SparkConf own = new SparkConf(false).set("spark.sql.shuffle.partitions", "3");
    SparkConf none = new SparkConf(false);
    ShufflePartitions.configure(own);
    ShufflePartitions.configure(none);
    assertThat(own.get("spark.trendflow.shufflePartitionsBySize")).isEqualTo("false");
    assertThat(own.get("spark.sql.shuffle.partitions")).isEqualTo("3");
    assertThat(none.get("spark.trendflow.shufflePartitionsBySize")).isEqualTo("true");
    assertThat(none.get("spark.sql.shuffle.partitions")).isEqualTo("8");
  }
}
