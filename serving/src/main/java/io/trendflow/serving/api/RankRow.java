package io.trendflow.serving.api;

/** Columns of {@code prediction.scores} that are read to compare the ranks of two runs. */
public record RankRow(String market, String productId, long rank) {}
