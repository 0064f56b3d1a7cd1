package io.trendflow.ingestion;

/** How many records of a source a rule left out. */
public record ExclusionCount(String source, String rule, long records) {}
