package io.trendflow.examples;

/**
 * How many odd records of a kind were written.
 *
 * @param source folder of the raw files: orders, catalogue or google_trends
 * @param kind such as unparsable_date
 * @param outcome what ingestion with the example's configuration does: rejected, excluded or
 *     accepted
 */
public record PlantedDirt(String source, String kind, long records, String outcome) {}
