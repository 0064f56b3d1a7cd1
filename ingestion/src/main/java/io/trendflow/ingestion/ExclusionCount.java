package io.trendflow.ingestion;

/** Number of records of a source that a filter rule excluded. */
public record ExclusionCount(String source, String rule, long records) {}
