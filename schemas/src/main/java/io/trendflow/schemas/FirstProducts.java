package io.trendflow.schemas;

/**
 * The first products of a market's list: those with a rank of at most {@link #MOST}, also if they
 * may be out of stock, which a list leaves out. Outcomes are summed up for them in {@code
 * quality.monitors}.
 */
public final class FirstProducts {
  /** Number of products of a market that count as its first ones. */
  public static final int MOST = 50;

  private FirstProducts() {}
}
