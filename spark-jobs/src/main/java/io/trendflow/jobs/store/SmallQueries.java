package io.trendflow.jobs.store;

import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Planning of the queries of a job that reads few rows. Spark then neither compiles code for each
 * query nor plans each stage anew, which takes longer than to process the rows. What the user has
 * set stays. The results are the same.
 */
public final class SmallQueries {
  /** Rows of daily sales up to which queries are small. */
  private static final long MOST_ROWS = 500_000;

  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String WHOLE_STAGES = "spark.sql.codegen.wholeStage";
  private static final String COMPILING = "spark.sql.codegen.factoryMode";
  private static final String ALLOWED = "spark.trendflow.smallQueriesAllowed";
  private static final String SMALL = "spark.trendflow.smallQueries";

  private static final Map<String, String> FOR_FEW_ROWS =
      Map.of(ADAPTIVE, "false", WHOLE_STAGES, "false", COMPILING, "NO_CODEGEN", SMALL, "true");
  private static final Map<String, String> FOR_MANY_ROWS =
      Map.of(ADAPTIVE, "true", WHOLE_STAGES, "true", COMPILING, "FALLBACK", SMALL, "false");

  private SmallQueries() {}

  /** Notes in a new session's configuration whether the user has left the planning to the jobs. */
  public static void configure(SparkConf conf) {
    boolean allowed = List.of(ADAPTIVE, WHOLE_STAGES, COMPILING).stream().noneMatch(conf::contains);
    conf.setIfMissing(ALLOWED, Boolean.toString(allowed));
    conf.setIfMissing(ADAPTIVE, "true");
  }

  /** Plans the following queries for a job that reads this many rows of sales. */
  public static void set(SparkSession spark, long rows) {
    if (Boolean.parseBoolean(spark.conf().get(ALLOWED, "false"))) {
      (rows <= MOST_ROWS ? FOR_FEW_ROWS : FOR_MANY_ROWS).forEach(spark.conf()::set);
    }
  }

  /** Plans the following queries for many rows. */
  public static void end(SparkSession spark) {
    set(spark, Long.MAX_VALUE);
  }

  /** Returns whether queries are planned for few rows. */
  static boolean areSmall(SparkSession spark) {
    return Boolean.parseBoolean(spark.conf().get(SMALL, "false"));
  }
}
