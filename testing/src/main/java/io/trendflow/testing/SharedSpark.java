package io.trendflow.testing;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves a test's {@link SparkSession} parameter to the one {@code local[2]} session of the JVM,
 * whose cache is cleared after each class of tests.
 */
public final class SharedSpark implements ParameterResolver, AfterAllCallback {

  /** Returns the session, which starts on first use and closes with the JVM. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  /**
   * Forgets what the session keeps in memory, as the end of a job's own session does. Spark
   * compares every query with each table that it keeps.
   */
  public static void clearCache() {
    session().catalog().clearCache();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    clearCache();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return session();
  }

  private static final class Holder {
    static final SparkSession SESSION =
        SparkSession.builder()
            .master("local[2]")
            .appName("tests")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.datetime.java8API.enabled", "true")
            .config("spark.sql.shuffle.partitions", "2")
            // Compiling code for a handful of rows takes longer than interpreting the plan.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            // Each stage of a query would be planned and run as a job of its own.
            .config("spark.sql.adaptive.enabled", "false")
            // Nobody reads the texts of the plans, which take longer than many a query.
            .config("spark.sql.ui.explainMode", "simple")
            .config("spark.sql.debug.maxToStringFields", "1")
            // A few small files are one task.
            .config("spark.default.parallelism", "2")
            .config("spark.sql.files.minPartitionNum", "1")
            .config("spark.sql.files.openCostInBytes", "0")
            .getOrCreate();
  }
}
