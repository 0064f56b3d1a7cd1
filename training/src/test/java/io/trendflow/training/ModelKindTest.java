package io.trendflow.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ModelKindTest {
  private static SparkConf conf(String master) {
    return new SparkConf(false)
        .set("spark.master", master)
        .set("spark.dynamicAllocation.enabled", "true");
  }

  @Test
  void xgboostRejectsDynamicAllocationOnACluster() {
    assertThatThrownBy(() -> ModelKind.XGBOOST.requireCluster(conf("yarn")))
        .hasMessageContaining("spark.dynamicAllocation.enabled is true")
        .hasMessageContaining("SPARK-24942");
  }

  /** Spark ignores the setting with a local master, and MLlib has no barrier stages. */
  @Test
  void aLocalMasterAndMllibAcceptIt() {
    assertThatCode(() -> ModelKind.XGBOOST.requireCluster(conf("local[*]")))
        .doesNotThrowAnyException();
    assertThatCode(() -> ModelKind.GBT.requireCluster(conf("yarn"))).doesNotThrowAnyException();
  }
}
