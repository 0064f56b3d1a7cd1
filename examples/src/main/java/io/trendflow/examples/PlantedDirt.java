package io.trendflow.examples;

/**
 * Number of odd records of a kind that were written.
 *
 * @param source directory of the raw files: orders, catalogue or google_trends
 * @param kind kind of oddity, such as unparsable_date
 * @param records number of records
 * @param outcome outcome in ingestion with the example's configuration: rejected, excluded or
 *     accepted
 */
public record PlantedDirt(String source, String kind, long records, String outcome) {}
