package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Settings of Spark.
 *
 * @param master as Spark names it, such as {@code local[4]}; spark-submit's own value takes
 *     precedence
 * @param settings settings of Spark and its connectors by their names, such as {@code
 *     spark.hadoop.fs.gs.project.id}; spark-submit's own values take precedence
 */
public record SparkConfig(
    @JsonProperty(required = true) String master,
    @JsonProperty(required = true) Map<String, String> settings) {
  private static final String HADOOP = "spark.hadoop.";

  public SparkConfig {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** Returns Hadoop's settings, for code that reads files without a session. */
  public Configuration hadoop() {
    Configuration hadoop = new Configuration();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(HADOOP)) {
            hadoop.set(name.substring(HADOOP.length()), value);
          }
        });
    return hadoop;
  }
}
