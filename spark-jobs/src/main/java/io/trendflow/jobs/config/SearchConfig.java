package io.trendflow.jobs.config;

/**
 * Settings of train's search for a better recipe than the configured one.
 *
 * @param minutes time limit; 0: no search, the configured recipe is used
 */
public record SearchConfig(int minutes) {
  public SearchConfig {
    KeyValidation.range("minutes", minutes, 0, 7 * 24 * 60);
  }
}
