package io.trendflow.ingestion.init;

/**
 * Decision that is left to a person.
 *
 * @param subject field or key of the source that it is about
 * @param text sentence
 */
record DraftQuestion(String subject, String text) {}
