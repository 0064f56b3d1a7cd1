package io.trendflow.jobs.config;

/**
 * Whether the job train looks for a better recipe than the configured one.
 *
 * @param minutes time for it; 0: none, the recipe is as configured
 */
public record SearchConfig(int minutes) {
  public SearchConfig {
    KeyValidation.range("minutes", minutes, 0, 7 * 24 * 60);
  }
}
