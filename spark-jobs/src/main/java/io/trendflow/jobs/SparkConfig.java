package io.trendflow.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where Spark runs.
 *
 * @param master as Spark names it, such as {@code local[4]}; spark-submit's own goes first
 */
public record SparkConfig(@JsonProperty(required = true) String master) {}
