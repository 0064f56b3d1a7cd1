package io.trendflow.jobs.command;

import io.trendflow.jobs.config.SparkConfig;
import io.trendflow.jobs.store.SmallQueries;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session with the settings that our results depend on.
 *
 * @param ours whether this object started the session; close() leaves any other session running
 */
record JobSession(SparkSession spark, boolean ours) implements AutoCloseable {

  static JobSession open(String job, SparkConfig config) {
    SparkConf conf = new SparkConf().setAppName("trendflow " + job);
    conf.setIfMissing("spark.master", config.master());
    config.settings().forEach(conf::setIfMissing);
    conf.setIfMissing("spark.executor.extraJavaOptions", "-Duser.timezone=UTC");
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.set("spark.sql.datetime.java8API.enabled", "true");
    SmallQueries.configure(conf);
    // Rows of sales shrink to a tenth when they are compressed, so that Spark's 64 MB of them do
    // not fit into a task's memory.
    conf.setIfMissing("spark.sql.adaptive.advisoryPartitionSizeInBytes", "16m");
    // A table has a folder for each batch. Spark would list each of a year's in a task of its own.
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "16");
    ShufflePartitions.configure(conf);
    if (conf.get("spark.master").startsWith("local")) {
      setLocal(conf);
    }
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    return new JobSession(SparkSession.builder().config(conf).getOrCreate(), ours);
  }

  private static void setLocal(SparkConf conf) {
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    // A task that runs out of memory fails the job, which reports it, instead of ending the JVM.
    conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    }
  }
}
